/**
 * Replay: signed notifications that are acknowledged each second while one WebSocket replays the log with many subscriptions,
 * as a ratio to those without it, in turns on the same gateway. `small` gives a quick look.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { WebSocket } from 'ws';
import { request } from '../support/graphql-client.js';
import {
  freePort,
  runGateway,
  type RunningProcess,
  runSandbox,
  temporaryDirectory,
} from '../support/processes.js';
import { median, perSecond, RECORDING_PRODUCT, send } from './send-notifications.js';

const SMALL = process.argv.includes('small');
const SUBSCRIPTIONS = 100;
const EVENTS = SMALL ? 3_000 : 20_000;
const ROUNDS = SMALL ? 2 : 4;
const TIMES = SMALL ? { warmUpMs: 500, measuredMs: 3_000 } : { warmUpMs: 2_000, measuredMs: 8_000 };
const MIN_RATIO = 0.8;

const directory = temporaryDirectory();
const children: RunningProcess[] = [];
process.on('exit', () => {
  for (const { child } of children) child.kill();
  directory.remove();
});

/** A socket that reads all it gets. Returns how many messages came, and ends it. */
async function replay(url: string, after: string): Promise<() => number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    skipUTF8Validation: true,
  });
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  let messages = 0;
  socket.on('message', () => (messages += 1));
  const ended = once(socket, 'close').then(([code]) => {
    if (code !== 1006) throw new Error(`The gateway closed the socket with ${code}.`);
  });
  const query =
    'subscription ($after: String) { recordingEvents(after: $after) { cursor node { id type raw } } }';
  const payload = { query, variables: { after } };
  for (let id = 0; id < SUBSCRIPTIONS; id += 1) {
    socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
  }
  await Promise.race([once(socket, 'message'), ended]);
  return () => {
    socket.terminate();
    return messages;
  };
}

const sandbox = await runSandbox({
  port: await freePort(),
  gatewayPort: 9,
  dataFile: join(directory.path, 'sandbox.db'),
});
children.push(sandbox);
const { webhookSecret } = (await sandbox.control('GET', '')) as { webhookSecret: string };
const secret = new Secret(webhookSecret);
const gateway = await runGateway({
  port: await freePort(),
  sandboxUrl: sandbox.url,
  databaseFile: join(directory.path, 'gateway.db'),
  env: { LOG_LEVEL: 'error' },
});
children.push(gateway);
const store = (enough: Parameters<typeof send>[3]) => send(gateway.url, secret, RECORDING_PRODUCT, enough);
await store((answered) => answered >= EVENTS);
interface Page {
  recordings: { edges: { node: { events: { edges: { cursor: string }[] } } }[] };
}
const { recordings } = await request<Page>(
  gateway.url,
  '{ recordings(first: 1, orderBy: STARTED_AT_ASC) { edges { node { events(first: 1) { edges { cursor } } } } } }',
);
const after = recordings.edges[0]?.node.events.edges[0]?.cursor ?? '';

const [alone, together]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  alone.push(await perSecond(store, TIMES));
  const beganAt = performance.now();
  const end = await replay(gateway.url, after);
  together.push(await perSecond(store, TIMES));
  const replayed = (end() / (performance.now() - beganAt)) * 1000;
  console.log(
    `${Math.round(alone.at(-1) ?? 0)}/s stored alone, ${Math.round(together.at(-1) ?? 0)}/s while ${SUBSCRIPTIONS} ` +
      `subscriptions replay ${Math.round(replayed)} events/s`,
  );
}
const ratio = median(together) / median(alone);
console.log(`Ratio ${ratio.toFixed(2)}, the aim is ${MIN_RATIO}.`);
await gateway.kill();
await sandbox.kill();
process.exit(SMALL || ratio >= MIN_RATIO ? 0 : 1);
