import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, newDatabase, type TestDatabase } from '../support/databases/databases.js';
import { type LiveSubscription, request, subscribe } from '../support/graphql-client.js';
import { notificationSender, type SendNotification } from '../support/agora/send-notification.js';
import { UNBUNDLED } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const dieAfterCommit = fileURLToPath(new URL('../support/faults/die-after-commit.mjs', import.meta.url));
const SID = '5f0b2d3c4e6a7b8c9d0e1f2a3b4c5d6e';
const BEGAN = Date.now();

interface Followed {
  recordingEvents: { cursor: string; node: { sequence: number } };
}

describe.each(DATABASES)('A gateway on %s that is killed when a notification is stored', (kind) => {
  let database: TestDatabase;
  let stage: Stage;
  let send: SendNotification;

  beforeAll(async () => {
    database = await newDatabase(kind);
    stage = await openStage({ env: { DATABASE_URL: database.url } });
    send = await notificationSender(stage);
  });

  afterAll(async () => {
    await stage.close();
    await database.remove();
  });

  const notify = (sequence: number, fileName = `${sequence}.jpg`) =>
    send({
      noticeId: `notice-${sequence}`,
      productId: 3,
      eventType: 45,
      notifyMs: BEGAN + sequence,
      payload: {
        cname: 'lesson',
        uid: '7',
        sid: SID,
        sequence,
        sendts: BEGAN + sequence,
        serviceType: 1,
        details: { msgName: 'recorder_snapshot_file', fileName },
      },
    });

  /** Follows the events as a front end does: from the last cursor that it has seen. */
  function follow(after: string | undefined): LiveSubscription<Followed> {
    return subscribe<Followed>(
      stage.gateway.url,
      `subscription ($after: String) { recordingEvents(after: $after, filter: { types: [RECORDER_SNAPSHOT_FILE] }) {
         cursor node { ... on NotificationEvent { sequence } } } }`,
      { after },
    );
  }

  /** Every picture of the recording, as it is stored. */
  async function stored(): Promise<number[]> {
    const { recording } = await request<{
      recording: { events: { edges: { node: { sequence: number } }[] } };
    }>(
      stage.gateway.url,
      `query ($sid: String) { recording(by: { sid: $sid }) {
         events(first: 100, types: [RECORDER_SNAPSHOT_FILE]) { edges { node { ... on NotificationEvent { sequence } } } } } }`,
      { sid: SID },
    );
    return recording.events.edges.map(({ node }) => node.sequence);
  }

  let next = 0;

  it.each(['stored', 'published'])(
    'and not answered, at the point "%s": nothing is lost or doubled, and subscribers catch up',
    async (point) => {
      await stage.gateway.kill();
      await stage.startGateway({ DIE_AT: point }, ['--import', dieAfterCommit], UNBUNDLED.gateway);
      const before = follow(undefined);
      await waitFor(async () => {
        expect(await notify(next++)).toBe(200);
        return before.messages.length > 0;
      });
      const last = next++;
      await expect(notify(last, 'last words')).rejects.toThrow();
      expect(await stage.gateway.exited).toBe('SIGKILL');
      await expect(before.ended).rejects.toThrow();
      const seen = before.messages.map(({ recordingEvents }) => recordingEvents);

      await stage.startGateway();
      expect(await stored()).toEqual(Array.from({ length: next }, (_, sequence) => sequence));
      const after = follow(seen.at(-1)?.cursor);
      // Agora sends again what was not answered.
      expect(await notify(last, 'last words')).toBe(200);
      expect(await notify(next++)).toBe(200);
      const all = () => [...seen, ...after.messages.map(({ recordingEvents }) => recordingEvents)];
      await waitFor(() => all().at(-1)?.node.sequence === next - 1);
      await after.close();
      const first = all()[0]?.node.sequence ?? 0;
      expect(all().map(({ node }) => node.sequence)).toEqual(
        Array.from({ length: next - first }, (_, index) => first + index),
      );
      expect(await stored()).toHaveLength(next);
    },
  );
});
