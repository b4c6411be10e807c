/**
 * Recordings in a terminal: a live list, one of them followed, starts and stops. Usage:
 *
 *   node examples/node/main.mjs [ADDRESS]
 *
 * and then one command in each line: start CHANNEL, open ID, stop ID.
 */
import {
  createGatewayClient,
  liveList,
  startRecording,
  stopRecording,
  watchRecording,
} from '@agora-recording-gateway/client';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const url = process.argv[2] ?? 'http://127.0.0.1:4000/graphql';
const client = createGatewayClient({ url, webSocket: WebSocket });
const closing = new AbortController();
const { signal } = closing;

/** Continues by itself after a cut, with what happened meanwhile. */
async function showList() {
  for await (const { status, recordings, error } of liveList(client, { signal })) {
    const rows = recordings.map(({ channel, phase }) => `${channel} ${phase}`);
    console.log(`list, ${status}: ${error?.message ?? rows.join(', ')}`);
  }
}

/** @param {string} id */
async function open(id) {
  for await (const { channel, phase, explanation } of watchRecording(client, { id }, { signal })) {
    console.log(`${channel} is ${phase}. ${explanation}`);
  }
}

/**
 * @param {string} done
 * @param {Promise<import('@agora-recording-gateway/client').Outcome<{ id: string }>>} command
 */
async function report(done, command) {
  const outcome = await command;
  if (outcome.ok) console.log(`${done} ${outcome.recording.id}`);
  else console.log(outcome.userErrors.map(({ message }) => message).join(' '));
}

/** @type {Map<string, (argument: string) => Promise<void>>} */
const commands = new Map([
  [
    'start',
    (channel) =>
      report('started', startRecording(client, { channel, uid: '901001', config: { composite: {} } })),
  ],
  ['stop', (recordingId) => report('stopped', stopRecording(client, { recordingId }))],
  ['open', open],
]);

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [name = '', argument = ''] = line.trim().split(/\s+/);
    const run = commands.get(name);
    if (run === undefined || argument === '') console.log('Write start CHANNEL, open ID, or stop ID.');
    else run(argument).catch((error) => console.log(error.message));
  })
  .on('close', () => {
    closing.abort();
    void client.close();
  });

await showList();
