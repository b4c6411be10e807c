import { useGateway, GatewayProvider } from '@agora-recording-gateway/client/react';
import { useEffect, useState } from 'react';
import { ConsoleAboutDocument, type ConsoleAboutQuery } from '../generated/graphql';
import { GatewayRoom } from '../gateway/gateway';
import { Recordings } from '../list/recordings';
import { RecordingPanel } from '../one/panel';
import { SandboxRoom } from '../sandbox/sandbox';
import { AdoptRoom } from '../start/adopt';
import { StartRoom } from '../start/start';
import { useAddress } from './address';
import { type Session, useSession } from './session';
import { Rooms } from './rooms';
import { SignIn } from './sign-in';
import { words } from './text';

type About = ConsoleAboutQuery['gateway'];

function useAbout(): About | null {
  const client = useGateway();
  const [about, setAbout] = useState<About | null>(null);
  useEffect(() => {
    const closing = new AbortController();
    client.request(ConsoleAboutDocument, {}, { signal: closing.signal }).then(
      ({ gateway }) => setAbout(gateway),
      // The list shows why the gateway does not answer.
      () => undefined,
    );
    return () => closing.abort();
  }, [client]);
  return about;
}

function Page({ session }: { session: Session }) {
  const address = useAddress();
  const room = address.get('room');
  const recording = room === null ? address.get('recording') : null;
  const about = useAbout();
  const isSandbox = about?.mode === 'SANDBOX';
  return (
    <>
      <header className="top">
        <h1>
          <span className="logo" aria-hidden="true" />
          Agora recordings
        </h1>
        <Rooms isSandbox={isSandbox} />
        {about !== null && (
          <span className="about" data-mode={about.mode}>
            {words(about.mode)} · {about.version}
          </span>
        )}
        {session.hasToken && (
          <button className="sign-out" onClick={session.signOut}>
            Sign out
          </button>
        )}
      </header>
      <main data-open={recording !== null}>
        {room === 'start' && <StartRoom />}
        {room === 'adopt' && <AdoptRoom />}
        {room === 'gateway' && <GatewayRoom />}
        {room === 'sandbox' && isSandbox && <SandboxRoom control={session.sandbox} />}
        {room === null && <Recordings />}
        {recording !== null && <RecordingPanel key={recording} id={recording} />}
      </main>
    </>
  );
}

export function App() {
  const session = useSession();
  return (
    <GatewayProvider value={session.client}>
      <Page session={session} />
      {session.isRefused && <SignIn session={session} />}
    </GatewayProvider>
  );
}
