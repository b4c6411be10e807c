import { createGatewayClient, type GatewayClient } from '@agora-recording-gateway/client';
import { useMemo, useState } from 'react';
import { type SandboxControl, sandboxControl } from '../sandbox/control';

/** Kept for this tab only, and until it is closed. */
const KEY = 'console:token';

export interface Session {
  client: GatewayClient;
  /** The controls of the sandbox, which are answered in sandbox mode only. */
  sandbox: SandboxControl;
  /** Whether a credential was given. Without one the gateway may still answer: with AUTH=off it asks for none. */
  hasToken: boolean;
  /** Whether the gateway refused what was sent: no credential, a wrong one, or one that has expired. */
  isRefused: boolean;
  signIn: (token: string) => void;
  signOut: () => void;
}

/** The gateway's address from the page's own, so that a proxy may put both under a path. */
function graphqlUrl(): string {
  return new URL('graphql', document.baseURI).href;
}

/** The caller's credential, and the client that sends it. Another credential makes another client. */
export function useSession(): Session {
  const [token, setToken] = useState(() => sessionStorage.getItem(KEY));
  const [refused, setRefused] = useState<GatewayClient | null>(null);
  const { client, sandbox } = useMemo(() => {
    const created: GatewayClient = createGatewayClient({
      url: graphqlUrl(),
      token({ renew }) {
        if (renew) setRefused(created);
        return token;
      },
    });
    return { client: created, sandbox: sandboxControl(token, () => setRefused(created)) };
  }, [token]);

  function change(next: string | null): void {
    if (next === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, next);
    void client.close();
    setRefused(null);
    setToken(next);
  }

  return {
    client,
    sandbox,
    hasToken: token !== null,
    isRefused: refused === client,
    signIn: change,
    signOut: () => change(null),
  };
}
