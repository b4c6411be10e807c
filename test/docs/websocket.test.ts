import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLOSES } from '../../src/http/close-codes.js';
import {
  CLOSE_TIMEOUT_MS,
  HIGH_WATER_BYTES,
  KEEP_ALIVE_MS,
  MAX_RUNNING,
} from '../../src/http/graphql-socket.js';
import { FRAME_BYTES, MAX_QUEUED_BYTES, MAX_TOTAL_QUEUED_BYTES } from '../../src/http/outbox.js';
import {
  INIT_TIMEOUT_MS,
  MAX_MESSAGE_BYTES,
  MAX_OPERATIONS,
  MAX_REQUEST_BYTES,
  MAX_SOCKETS,
} from '../../src/http/websocket.js';
import { createMetrics } from '../../src/telemetry/metrics.js';

const text = readFileSync('docs/websocket.md', 'utf8');

/** The cells of the rows of the table under a heading. */
function table(heading: string): string[][] {
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const size = (bytes: number) =>
  bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : `${bytes / 1024} KiB`;
const time = (milliseconds: number) => `${milliseconds / 1_000} s`;

describe('docs/websocket.md', () => {
  it('lists every close code with the reason that the gateway gives', () => {
    const listed = table('Close codes').map(([code, reason]) => ({ code: Number(code), reason }));
    expect(listed).toEqual(Object.values(CLOSES));
  });

  it('says what a client does on each close code', () => {
    expect(table('Close codes').every(([, , action = '']) => action.length > 10)).toBe(true);
  });

  it('gives each limit its value', () => {
    expect(table('Limits').map(([, value]) => value)).toEqual([
      String(MAX_SOCKETS),
      String(MAX_OPERATIONS),
      size(MAX_REQUEST_BYTES),
      String(MAX_RUNNING),
      size(MAX_MESSAGE_BYTES),
      size(HIGH_WATER_BYTES),
      size(MAX_QUEUED_BYTES),
      size(MAX_TOTAL_QUEUED_BYTES),
      size(FRAME_BYTES),
      time(INIT_TIMEOUT_MS),
      time(KEEP_ALIVE_MS),
      time(CLOSE_TIMEOUT_MS),
    ]);
  });

  it('names metrics that exist', async () => {
    const known = await createMetrics().registry.metrics();
    const named = [...text.matchAll(/`(gateway_\w+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(5);
    const atRuntime = ['gateway_sockets_queued_bytes', 'gateway_subscription_events_waiting'];
    for (const name of named) if (!atRuntime.includes(name)) expect(known).toContain(`# TYPE ${name} `);
  });
});
