import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const DAY_MS = 86_400_000;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

async function start(channel: string): Promise<string> {
  const { startRecording } = await request<{ startRecording: { recording: { id: string } } }>(
    stage.gateway.url,
    `mutation ($channel: String!) { startRecording(input: { channel: $channel, uid: "7", config: { composite: {} }, resourceExpiredHours: 720 }) {
      recording { id } } }`,
    { channel },
  );
  return startRecording.recording.id;
}

interface Seen {
  phase: string;
  phaseInferred: boolean;
  endReason: string | null;
  events: { edges: { node: { outage: { from: string; to: string } | null } }[] };
}

async function look(id: string): Promise<Seen> {
  const { recording } = await request<{ recording: Seen }>(
    stage.gateway.url,
    `query ($id: ID) { recording(by: { id: $id }) { phase phaseInferred endReason
      events(first: 100, types: [CLOCK]) { edges { node { ... on ClockEvent { deadline outage { from to } } } } } } }`,
    { id },
  );
  return recording;
}

describe("After a crash and a day's outage", () => {
  it('running recordings are watched again, ends are found out, and the outage is in the events', async () => {
    const continuing = await start('continues');
    const ends = await start('ends meanwhile');
    for (const id of [continuing, ends]) {
      await waitFor(async () => (await look(id)).phase === 'RECORDING', { what: 'RECORDING' });
    }
    await stage.gateway.kill('SIGKILL');
    // Whatever is sent meanwhile is lost: Agora gives up long before the gateway is back.
    await stage.sandbox.control('PUT', '/notifications', { loss: 1 });
    await stage.sandbox.control('PUT', `/channels/${encodeURIComponent('ends meanwhile')}`, {
      publishers: [],
    });
    await stage.sandbox.control('PUT', '/clock', { stepMs: DAY_MS });
    await waitFor(async () => (await stage.tasks('ends meanwhile'))[0]?.phase === 'ended');
    await stage.startGateway();
    await stage.sandbox.control('PUT', '/notifications', { loss: 0 });

    for (const id of [continuing, ends]) {
      const outages = (await look(id)).events.edges.flatMap(({ node }) => node.outage ?? []);
      expect(outages).toHaveLength(1);
      const [outage] = outages;
      const lasted = Date.parse(outage?.to ?? '') - Date.parse(outage?.from ?? '');
      expect(lasted).toBeGreaterThan(DAY_MS);
      expect(lasted).toBeLessThan(DAY_MS + 300_000);
    }
    // Two queries 90 s apart: longer than a recording takes to move to another server.
    await stage.sandbox.control('PUT', '/clock', { speed: 30 });
    const over = await waitFor(
      async () => {
        const seen = await look(ends);
        return ['COMPLETED', 'FAILED', 'LOST'].includes(seen.phase) && seen;
      },
      { what: 'the end', withinMs: 30_000 },
    );
    expect(over.endReason).not.toBeNull();
    expect((await look(continuing)).phase).toBe('RECORDING');
    expect((await look(continuing)).phaseInferred).toBe(false);
  });
});
