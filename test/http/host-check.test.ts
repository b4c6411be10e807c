import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHostCheck } from '../../src/http/access/host-check.js';
import { isLoopback, parseHost } from '../../src/host-name.js';
import { openStage, type Stage } from '../support/stage.js';

const LOOPBACK = [
  'localhost',
  'LOCALHOST:4000',
  'localhost:4000',
  '127.0.0.1',
  '127.0.0.1:4000',
  '127.8.9.1',
  '127.1:4000',
  '[::1]',
  '[::1]:4000',
  '[0:0:0:0:0:0:0:1]:4000',
];
const FOREIGN = [
  'example.com',
  'localhost.example.com',
  '127.0.0.1.example.com:4000',
  '127.example.com',
  '0.0.0.0:4000',
  '192.168.0.7:4000',
  '[::2]:4000',
];
const MALFORMED = [
  '',
  'not a host',
  'evil.example@localhost',
  'localhost/evil',
  'localhost#evil',
  'localhost?evil',
  '127.0.0.1, evil.example',
  '127.999.1.1',
  'localhost:65536',
  'localhost:',
  'localhost:4000:4000',
  '[::1',
  '[::g]',
  '%6cocalhost',
];

describe('A Host header', () => {
  const check = createHostCheck(['gateway.example.com', 'other.example.com:8443']);

  it.each(LOOPBACK)('of %s names this machine', (host) => {
    expect(isLoopback(parseHost(host)?.name ?? '')).toBe(true);
    expect(check(host)).toBe('allowed');
  });

  it.each(FOREIGN)('of %s names another machine', (host) => expect(check(host)).toBe('foreign'));

  it.each(MALFORMED)('of %j is malformed', (host) => expect(check(host)).toBe('malformed'));

  it('that is missing is malformed', () => expect(check(undefined)).toBe('malformed'));

  it.each([
    ['gateway.example.com', 'allowed'],
    ['Gateway.Example.Com:4000', 'allowed'],
    ['other.example.com:8443', 'allowed'],
    ['other.example.com', 'foreign'],
    ['other.example.com:4000', 'foreign'],
  ])('of %s is compared with ALLOWED_HOSTS: %s', (host, verdict) => expect(check(host)).toBe(verdict));
});

describe('A gateway without ALLOWED_HOSTS', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await openStage()));
  afterAll(async () => await stage.close());

  const port = () => Number(new URL(stage.gateway.url).port);

  /** Over a bare socket: HTTP clients refuse to send some of these headers. */
  async function status(host: string, path: string, ...headers: string[]): Promise<number> {
    const socket = connect(port(), '127.0.0.1');
    socket.write([`GET ${path} HTTP/1.1`, `Host: ${host}`, ...headers, '', ''].join('\r\n'));
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return Number(head.toString().slice(9, 12));
  }

  const statusOverHttp = (host: string, path: string) => status(host, path);
  const statusOfUpgrade = (host: string) =>
    status(
      host,
      '/graphql',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol: graphql-transport-ws',
    );

  const query = '/graphql?query=%7B__typename%7D';

  it('answers under the names of this machine, by HTTP and by WebSocket', async () => {
    for (const host of LOOPBACK) {
      expect([host, await statusOverHttp(host, query)]).toEqual([host, 200]);
      expect([host, await statusOfUpgrade(host)]).toEqual([host, 101]);
    }
  });

  it('answers 421 to every other name, by HTTP and by WebSocket', async () => {
    for (const host of FOREIGN) {
      expect([host, await statusOverHttp(host, query)]).toEqual([host, 421]);
      expect([host, await statusOverHttp(host, '/metrics')]).toEqual([host, 421]);
      expect([host, await statusOfUpgrade(host)]).toEqual([host, 421]);
    }
  });

  it('answers 400 to a malformed one, by HTTP and by WebSocket, and does not report an internal error', async () => {
    for (const host of MALFORMED) {
      expect([host, await statusOverHttp(host, query)]).toEqual([host, 400]);
      expect([host, await statusOfUpgrade(host)]).toEqual([host, 400]);
    }
    expect(stage.gateway.output()).not.toContain('"level":50');
  });

  it('answers the webhook and health checks under every name', async () => {
    expect(await statusOverHttp('example.com', '/healthz')).toBe(200);
    expect(await statusOverHttp('example.com', '/readyz')).toBe(200);
    expect(await statusOverHttp('example.com', '/webhooks/agora')).toBe(405);
  });
});
