import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';

/** Connections over which notifications are sent, and the recordings that they are about. */
const CONNECTIONS = 64;
const RECORDINGS = 100;

/** Notifications of Cloud Recording are stored; those of another product are only verified and answered. */
export const RECORDING_PRODUCT = 3;
export const OTHER_PRODUCT = 1;

let sent = 0;

/** A notification that differs from all others, signed, as it goes over the wire. Its noticeId is as Agora's are. */
function notification(secret: Secret, productId: number): string {
  const number = (sent += 1);
  const recording = number % RECORDINGS;
  const body = JSON.stringify({
    noticeId: randomBytes(16).toString('hex'),
    productId,
    eventType: 33,
    notifyMs: Date.now(),
    payload: {
      cname: `channel-${recording}`,
      uid: '901001',
      sid: String(recording).padStart(32, 'a'),
      sequence: Math.floor(number / RECORDINGS),
      sendts: Date.now(),
      serviceType: 2,
      details: { msgName: 'uploading_progress', progress: number % 10_000 },
    },
  });
  const signature = sign('sha256', secret, Buffer.from(body));
  return (
    `POST /webhooks/agora HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
    `Agora-Signature-V2: ${signature}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

/** The status of a reply once it is there whole, else null. */
function statusOf(reply: string): number | null {
  const head = reply.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(reply)?.[1];
  return head < 0 || reply.length < head + 4 + Number(length) ? null : Number(reply.slice(9, 12));
}

interface Connection {
  /** Sends one request, and resolves with the status of its reply. */
  ask(request: string): Promise<number>;
  close(): void;
}

/** HTTP over a bare socket: what sends takes little of the two cores from what is measured. */
function openConnection(url: string): Connection {
  const { hostname, port } = new URL(url);
  let [reply, answer, fail] = ['', (_status: number) => {}, (_error: Error) => {}];

  function open(): Socket {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      reply += chunk;
      const status = statusOf(reply);
      if (status !== null) answer(status);
    });
    socket.on('error', (error) => fail(error));
    socket.on('close', () => fail(new Error('The connection was closed.')));
    return socket;
  }

  let socket = open();
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        [reply, answer, fail] = ['', resolve, reject];
        // Between two requests the server may close a connection that nothing came over for a while.
        if (socket.closed || socket.readableEnded) socket = open();
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Whether enough was sent, by the number of answers and the time they took. */
export type Enough = (answered: number, milliseconds: number) => boolean;

export type Measured = { seconds: number; answered: number };

/** Sends over all connections, each its next as soon as its last was answered, until `enough` says so. */
export async function send(
  url: string,
  secret: Secret,
  productId: number,
  enough: Enough,
): Promise<Measured> {
  const connections = Array.from({ length: CONNECTIONS }, () => openConnection(url));
  const beganAt = performance.now();
  let answered = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (!enough(answered, performance.now() - beganAt)) {
        const status = await connection.ask(notification(secret, productId));
        if (status !== 200) throw new Error(`A notification was answered with ${status}.`);
        answered += 1;
      }
    }),
  );
  for (const connection of connections) connection.close();
  return { seconds: (performance.now() - beganAt) / 1000, answered };
}

export const forTime =
  (limitMs: number): Enough =>
  (_answered, milliseconds) =>
    milliseconds >= limitMs;

/** How many each second are answered, once it has warmed up. Real milliseconds. */
export async function perSecond(
  sending: (enough: Enough) => Promise<Measured>,
  { warmUpMs, measuredMs }: { warmUpMs: number; measuredMs: number },
): Promise<number> {
  await sending(forTime(warmUpMs));
  const { answered, seconds } = await sending(forTime(measuredMs));
  return answered / seconds;
}

export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
