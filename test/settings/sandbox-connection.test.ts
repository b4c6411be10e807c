import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../support/processes.js';
import { askSandbox, setSandboxSpeed } from '../../src/settings/sandbox-connection.js';

/** The address of a server that answers every request with this. */
async function serverThatAnswers(status: number, body: string): Promise<string> {
  const server: Server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('A gateway whose SANDBOX_URL', () => {
  it('cannot be reached names the address and the reason, at each of its requests', async () => {
    const address = `http://127.0.0.1:${await freePort()}`;
    const reason =
      /^http:[\d./:]+\/sandbox(\/clock)? cannot be reached \(.*ECONNREFUSED.*\)\. Start the sandbox, or check SANDBOX_URL\.$/;
    await expect(askSandbox(address)).rejects.toThrow(reason);
    await expect(setSandboxSpeed(address, 2)).rejects.toThrow(reason);
  });

  it('belongs to another server says so, whatever that answers', async () => {
    await expect(askSandbox(await serverThatAnswers(404, 'no'))).rejects.toThrow(
      /\/sandbox returned 404\. Check SANDBOX_URL\.$/,
    );
    for (const body of ['<html>', '{}', '']) {
      await expect(askSandbox(await serverThatAnswers(200, body))).rejects.toThrow(
        /\/sandbox does not answer as a sandbox of this release does\. Check SANDBOX_URL\.$/,
      );
    }
  });
});
