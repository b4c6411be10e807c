import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type Json, openSandbox } from '../support/sandbox.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;

/** Posts a body over a socket, so that the header arrives as given, and returns the status and the body of the reply. */
async function post(
  sandbox: Opened,
  path: string,
  headerLines: string[],
  body: Json,
): Promise<[number, Json]> {
  const { hostname, port } = new URL(sandbox.url);
  const { customerId, customerSecret } = sandbox.info;
  const content = JSON.stringify(body);
  const socket = connect(Number(port), hostname);
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Authorization: Basic ${btoa(`${customerId}:${customerSecret}`)}`,
      ...headerLines,
      `Content-Length: ${Buffer.byteLength(content)}`,
      'Connection: close',
      '',
      content,
    ].join('\r\n'),
  );
  const reply = await text(socket);
  return [Number(reply.split(' ')[1]), JSON.parse(reply.slice(reply.indexOf('\r\n\r\n'))) as Json];
}

/** Lines of the header that are not JSON's, with and without the form of a media type. */
const OTHERS: [string, string[]][] = [
  ['no Content-Type', []],
  ['an empty Content-Type', ['Content-Type:']],
  ['a blank Content-Type', ['Content-Type:   ']],
  ['a Content-Type without a slash', ['Content-Type: json']],
  ['a Content-Type of a slash alone', ['Content-Type: /']],
  ['a Content-Type without a subtype', ['Content-Type: application/']],
  ['a Content-Type with a blank in it', ['Content-Type: application/json json']],
  ['a Content-Type of two types', ['Content-Type: application/json, text/plain']],
  ['a Content-Type of parameters alone', ['Content-Type: ;charset=utf-8']],
  ['a Content-Type with other characters', ['Content-Type: application/jsön']],
  ['another type', ['Content-Type: text/plain']],
  ['a multipart type without its boundary', ['Content-Type: multipart/form-data']],
];

const JSONS: [string, string[]][] = [
  ['the type alone', ['Content-Type: application/json']],
  ['another case', ['content-type: Application/JSON']],
  ['a charset', ['Content-Type: application/json;charset=utf-8']],
  ['a blank before the parameter', ['Content-Type: application/json ; charset=utf-8']],
  ['a parameter without a value', ['Content-Type: application/json; charset']],
  ['a semicolon at the end', ['Content-Type: application/json;']],
];

const WHERE = { cname: 'lesson', uid: '1' };

describe('A POST', () => {
  it.each(OTHERS)('with %s is refused with 400 and code 8', async (_what, lines) => {
    const sandbox = await openSandbox();
    const refusal = { code: 8, reason: 'Content-Type must be application/json' };
    expect(await post(sandbox, `${sandbox.base}/acquire`, lines, WHERE)).toEqual([400, refusal]);
    await sandbox.control('PUT', '/assumptions', { contentTypeIsRequired: false });
    const [status, { resourceId }] = await post(sandbox, `${sandbox.base}/acquire`, lines, WHERE);
    expect([status, typeof resourceId]).toEqual([200, 'string']);
  });

  it.each(JSONS)('of application/json with %s is accepted', async (_what, lines) => {
    const sandbox = await openSandbox();
    expect((await post(sandbox, `${sandbox.base}/acquire`, lines, WHERE))[0]).toBe(200);
  });

  it.each(OTHERS)('of the control side with %s is refused with 415', async (_what, lines) => {
    const sandbox = await openSandbox();
    const order = { operation: 'acquire', reply: 'rate-limited' };
    const refusal = { message: 'Send application/json.' };
    expect(await post(sandbox, '/sandbox/faults', lines, order)).toEqual([415, refusal]);
    expect((await sandbox.acquire('lesson', '1')).status).toBe(200);
  });

  it('to a path that Agora does not have gets 404, whatever its Content-Type', async () => {
    const sandbox = await openSandbox();
    const [status] = await post(sandbox, `${sandbox.base}/aquire`, ['Content-Type: json'], WHERE);
    expect(status).toBe(404);
  });
});
