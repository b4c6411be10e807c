import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, newDatabase, type TestDatabase } from '../support/databases/databases.js';
import { request } from '../support/graphql-client.js';
import { largeSized } from '../support/size.js';
import { notificationSender, type SendNotification } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';

/** The issue's own size is 30 rounds. */
const ROUNDS = largeSized(2, 30);
const SENDERS = 16;
const LOAD_MS = 700;

interface Page {
  events: { edges: { node: { sequence: number } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

describe.each(DATABASES)('A gateway on %s that is killed again and again under load', (kind) => {
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

  const sid = (round: number) => round.toString(16).padStart(32, '0');

  async function sendOne(round: number, number: number): Promise<boolean> {
    const now = Date.now();
    try {
      return (
        (await send({
          noticeId: `${round}-${number}`,
          productId: 3,
          eventType: 45,
          notifyMs: now,
          payload: {
            cname: `round-${round}`,
            uid: '7',
            sid: sid(round),
            sequence: number,
            sendts: now,
            serviceType: 1,
            details: { msgName: 'recorder_snapshot_file', fileName: `${number}.jpg` },
          },
        })) === 200
      );
    } catch {
      return false; // The process died before it answered: nothing was promised.
    }
  }

  /** Sends from 16 senders until the process is killed, and returns which notifications were acknowledged. */
  async function load(round: number): Promise<number[]> {
    const acknowledged: number[] = [];
    let next = 0;
    let killed = false;
    const senders = Array.from({ length: SENDERS }, async () => {
      while (!killed) {
        const number = next++;
        if (await sendOne(round, number)) acknowledged.push(number);
        else if (killed) return;
      }
    });
    await new Promise((resolve) => setTimeout(resolve, LOAD_MS * (0.5 + Math.random())));
    const ended = stage.gateway.kill('SIGKILL');
    killed = true;
    await Promise.all([ended, ...senders]);
    return acknowledged;
  }

  /** Every event of a round's recording, as a front end reads them. */
  async function stored(round: number): Promise<number[]> {
    const numbers: number[] = [];
    let after: string | null = null;
    for (;;) {
      const { recording }: { recording: Page | null } = await request(
        stage.gateway.url,
        `query ($sid: String, $after: String) { recording(by: { sid: $sid }) {
        events(first: 100, after: $after, types: [RECORDER_SNAPSHOT_FILE]) { edges { node { ... on NotificationEvent { sequence } } } pageInfo { hasNextPage endCursor } } } }`,
        { sid: sid(round), after },
      );
      if (recording === null) return numbers;
      numbers.push(...recording.events.edges.map(({ node }) => node.sequence));
      if (!recording.events.pageInfo.hasNextPage) return numbers;
      after = recording.events.pageInfo.endCursor;
    }
  }

  it(`loses nothing it acknowledged, and doubles nothing (${ROUNDS} rounds, ${SENDERS} senders)`, async () => {
    let total = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const acknowledged = await load(round);
      await stage.startGateway();
      const found = await stored(round);
      expect(new Set(found).size, 'nothing is doubled').toBe(found.length);
      const missing = acknowledged.filter((number) => !found.includes(number));
      expect(missing, 'nothing acknowledged is lost').toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(0);
      total += acknowledged.length;
    }
    console.info(`${total} notifications acknowledged in ${ROUNDS} rounds; each is stored once`);
  }, 600_000);
});
