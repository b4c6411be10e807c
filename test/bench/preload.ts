import { randomUUID } from 'node:crypto';
import { type Observation } from '../../src/recordings/observation.js';
import { type Log } from '../../packages/sandbox/src/log.js';
import { SandboxStore } from '../../packages/sandbox/src/tasks/store.js';
import { type Task } from '../../packages/sandbox/src/tasks/task.js';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.js';

/** One recording that really ran, as both sides kept it: the pattern of all that are preloaded. */
export interface Pattern {
  recordingId: string;
  log: Observation[];
  task: Task;
}

const failOnWarning: Log = (_level, event) => {
  throw new Error(`The sandbox's store reported ${event}.`);
};

const options = (databaseFile: string, appId: string): StoreOptions => ({
  databaseUrl: `file:${databaseFile}`,
  appIds: [appId],
  mintId: () => randomUUID(),
  mintKey: () => randomUUID(),
  onFoldError: (_id, error) => {
    throw new Error(error);
  },
});

/** Takes the pattern out of both stores, which no process may have open. */
export async function takePattern(
  files: { gateway: string; sandbox: string },
  appId: string,
): Promise<Pattern> {
  const store = await openStore(options(files.gateway, appId));
  const page = await store.recordingPage({ first: 1, after: null, filter: {}, orderBy: 'STARTED_AT_ASC' });
  const recordingId = page.items[0]?.item.id ?? '';
  const events = await store.eventPage(recordingId, {}, 1_000);
  await store.close();
  const sandbox = new SandboxStore(files.sandbox, failOnWarning);
  const [task] = sandbox.tasks();
  sandbox.close();
  if (task === undefined || events.items.length === 0)
    throw new Error('The stores hold no recording to use as a pattern.');
  return { recordingId, log: events.items.map(({ item }) => item.observation), task };
}

/** A text with its times moved back: all of them are Unix milliseconds. */
function moved(text: string, backMs: number): string {
  return text.replace(/\b1\d{12}\b/g, (time) => String(Number(time) - backMs));
}

const hex = () => randomUUID().replaceAll('-', '');

interface Copy {
  recordingId: string;
  sid: string;
  channel: string;
  rewrite(value: unknown): unknown;
}

function copyOf({ recordingId, task }: Pattern, index: number, backMs: number): Copy {
  const copy = {
    recordingId: randomUUID(),
    sid: hex(),
    channel: `bench-${index}`,
    resourceId: `${hex()}${hex()}`,
  };
  const names: [string, string][] = [
    [recordingId, copy.recordingId],
    [task.sid, copy.sid],
    [task.resourceId, copy.resourceId],
    [task.cname, copy.channel],
  ];
  const rewrite = (value: unknown): unknown =>
    JSON.parse(
      names.reduce((text, [from, to]) => text.replaceAll(from, to), moved(JSON.stringify(value), backMs)),
    );
  return { ...copy, rewrite };
}

async function record(store: Store, pattern: Pattern, copy: Copy): Promise<void> {
  for (const original of pattern.log) {
    const observation = copy.rewrite(original) as Observation;
    observation.id = randomUUID();
    observation.hash = hex();
    const { content } = observation;
    if (content.kind === 'attempt') {
      const { appId, occurredAt } = observation;
      const { channel, uid, resourceId } = content.facts;
      await store.attempts.open({
        ...{ recordingId: copy.recordingId, appId, channel, uid, resourceId, observation },
        ...{
          idempotencyKey: null,
          inputHash: null,
          input: null,
          acquiredAt: occurredAt,
          createdAt: occurredAt,
        },
      });
      continue;
    }
    if (content.kind === 'notification') content.notification.noticeId = hex();
    await store.record(observation);
  }
}

/**
 * Fills both stores with copies of the pattern, as old as if each had been asked last at another moment of the past
 * `spreadMs`. Their next reports of progress come at other moments too, the first at `firstProgressAt`.
 */
export async function preload(
  pattern: Pattern,
  files: { gateway: string; sandbox: string },
  appId: string,
  { count, spreadMs, firstProgressAt }: { count: number; spreadMs: number; firstProgressAt: number },
): Promise<string[]> {
  const copies = Array.from({ length: count }, (_, index) =>
    copyOf(pattern, index, Math.floor((spreadMs * index) / count)),
  );
  const sandbox = new SandboxStore(files.sandbox, failOnWarning);
  sandbox.transaction(() => {
    sandbox.clear();
    copies.forEach((copy, index) => {
      const task = copy.rewrite(pattern.task) as Task;
      if (task.actions.progress !== undefined) {
        task.actions = { progress: firstProgressAt + Math.floor((60_000 * index) / count) };
      }
      sandbox.saveTask(task);
    });
  });
  sandbox.close();
  const store = await openStore(options(files.gateway, appId));
  const left = [...copies];
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      for (let copy = left.pop(); copy !== undefined; copy = left.pop()) await record(store, pattern, copy);
    }),
  );
  await store.close();
  return copies.map(({ recordingId }) => recordingId);
}
