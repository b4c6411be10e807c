/**
 * Subscribers in a separate process: `node subscribers.mjs ADDRESS COUNT QUERY`. Opens COUNT sockets, each with one
 * subscription. It writes a line of JSON once all have subscribed, and then one for each message: how many sockets have received
 * it, which each of them counts, and when the last of them did (Unix milliseconds).
 */
import { WebSocket } from 'ws';

const [, , address, count, query] = process.argv;
const AMOUNT = Number(count);
/** Sockets that are opened at once. */
const AT_ONCE = 50;

/** For each message, how many sockets have received it. */
const received = [];

function receive(number) {
  received[number] = (received[number] ?? 0) + 1;
  if (received[number] === AMOUNT) console.log(JSON.stringify({ message: number, at: Date.now() }));
}

function open() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, 'graphql-transport-ws');
    let messages = 0;
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`A socket was closed with ${code}.`)));
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      const text = data.toString();
      if (text.startsWith('{"type":"connection_ack"')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
        resolve();
      } else if (text.includes('"next"')) receive((messages += 1));
      else if (text.includes('"ping"')) socket.send('{"type":"pong"}');
      else throw new Error(`Unexpected message: ${text.slice(0, 500)}`);
    });
  });
}

for (let opened = 0; opened < AMOUNT; opened += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, AMOUNT - opened) }, open));
}
console.log(JSON.stringify({ ready: AMOUNT }));
