import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort, runSandbox, type RunningSandbox } from '../processes.js';

export interface AccountCall {
  /** The customer ID that it came with. */
  customerId: string;
  path: string;
  status: number;
  body: unknown;
}

/** An Agora account whose customer pairs can be created and deleted, in front of a sandbox that runs as a process. */
export interface AgoraAccount {
  /** The base address of its REST API. */
  url: string;
  sandbox: RunningSandbox;
  appId: string;
  webhookSecret: string;
  /** Where the sandbox sends notifications: the port that the gateway must listen on. */
  gatewayPort: number;
  calls: AccountCall[];
  /** The pairs `ID:SECRET` that are accepted from now on. */
  accept(...pairs: string[]): void;
  close(): Promise<void>;
}

const UNAUTHORIZED = JSON.stringify({ message: 'Invalid authentication credentials' });

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function pairOf(request: IncomingMessage): string {
  return Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
}

export async function openAgoraAccount(directory: string, ...pairs: string[]): Promise<AgoraAccount> {
  const gatewayPort = await freePort();
  const sandbox = await runSandbox({
    port: await freePort(),
    gatewayPort,
    dataFile: join(directory, 'sandbox.db'),
  });
  const { appId, customerId, customerSecret, webhookSecret } = (await sandbox.control('GET', '')) as Record<
    'appId' | 'customerId' | 'customerSecret' | 'webhookSecret',
    string
  >;
  const authorization = `Basic ${Buffer.from(`${customerId}:${customerSecret}`).toString('base64')}`;
  let accepted = new Set(pairs);
  const calls: AccountCall[] = [];

  async function answer(request: IncomingMessage): Promise<{ status: number; text: string }> {
    const { method = 'GET', url = '/' } = request;
    const body = await readAll(request);
    const pair = pairOf(request);
    const note = (status: number, text: string) => {
      const sent = body === '' ? null : (JSON.parse(body) as unknown);
      calls.push({ customerId: pair.split(':')[0] ?? '', path: url, status, body: sent });
      return { status, text };
    };
    if (!accepted.has(pair)) return note(401, UNAUTHORIZED);
    const response = await fetch(`${sandbox.url}${url}`, {
      method,
      headers: { 'content-type': 'application/json', authorization },
      ...(body === '' ? {} : { body }),
    });
    return note(response.status, await response.text());
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, text }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(text);
      },
      (error: unknown) => response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sandbox,
    appId,
    webhookSecret,
    gatewayPort,
    calls,
    accept: (...next) => (accepted = new Set(next)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sandbox.kill();
    },
  };
}
