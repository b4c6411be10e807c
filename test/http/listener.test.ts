import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listener, openListener } from '../../src/http/listener.js';

const opened: Listener[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((listener) => listener.close(0)));
});

async function open(reason = 'The store is migrating.'): Promise<Listener> {
  const readiness = () => ({ ready: false as const, reason });
  const listener = await openListener({ host: '127.0.0.1', port: 0, readiness });
  opened.push(listener);
  return listener;
}

describe('The port of a gateway that is starting', () => {
  it('answers health checks: alive, and not ready with the reason', async () => {
    const { url } = await open();
    const alive = await fetch(`${url}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${url}/readyz?verbose`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, reason: 'The store is migrating.' },
    ]);
  });

  it('answers all else with 503, so that Agora and clients come back', async () => {
    const { url } = await open();
    for (const path of ['/webhooks/agora', '/graphql']) {
      const response = await fetch(`${url}${path}`, { method: 'POST', body: '{}' });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toEqual({ error: 'The store is migrating. Try again.' });
    }
  });

  it('serves the gateway from the moment it has started, over the same connections', async () => {
    const listener = await open();
    const { url } = listener;
    expect((await fetch(`${url}/`)).status).toBe(503);
    listener.serve((_request, response) => response.end('served'));
    expect(await (await fetch(`${url}/`)).text()).toBe('served');
  });
});

describe('The port of a gateway that closes', () => {
  it('cuts connections that send nothing', async () => {
    const listener = await open();
    const { url } = listener;
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await listener.close(10);
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await listener.close(10);
  });
});

it('A port that is in use is named by the error', async () => {
  const { url } = await open();
  const port = Number(new URL(url).port);
  const again = openListener({ host: '127.0.0.1', port, readiness: () => ({ ready: true }) });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE', port });
});
