import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from 'agora-recording-sandbox';
import {
  type Client,
  clientOf,
  type Recording,
  type Reply,
} from '../../packages/sandbox/test/support/sandbox.js';
import { webPage } from '../../packages/sandbox/test/support/modes.js';
import { type Json } from './request-properties/row.js';
import { EXCEPTIONS } from './request-properties/rows.js';
import { type Answer, ANSWERS } from './requests/answers.js';
import { type Example, STORAGE } from './requests/example.js';
import { EVERY_PROPERTY, EXAMPLES } from './requests/examples.js';
import { answerOf, bodyOf, variantsOf, without } from './requests/variants.js';
import { FULL } from '../support/size.js';

const UID = '901001';

/** Long enough for everything that is checked after the reply, and shorter than any idle time. */
const CHECKED_MS = 4_000;

let sandbox: Sandbox;
let client: Client;
let channels = 0;

const nextChannel = () => `conformance-${(channels += 1)}`;

beforeAll(async () => {
  // Time passes in steps only.
  sandbox = await startSandbox({ speed: 0.001, callsPerSecond: 10_000 });
  client = await clientOf(sandbox);
});

afterAll(async () => {
  await sandbox.close();
});

const sceneOf = (mode: string) => (mode === 'web' ? 1 : 0);

async function acquired({ mode }: Example, cname: string): Promise<string> {
  const { body } = await client.acquire(cname, UID, { scene: sceneOf(mode) });
  return String(body.resourceId);
}

/** A running recording, for calls that change or end it. */
async function running(example: Example): Promise<Recording> {
  const cname = nextChannel();
  const where = { cname, uid: UID, resourceId: await acquired(example, cname) };
  const page = webPage({}, ['rtmp://cdn.example/live/first']);
  const request = example.mode === 'web' ? page : { storageConfig: STORAGE };
  const { body } = await client.start(where, request, example.mode);
  await client.step(CHECKED_MS);
  return { ...where, sid: String(body.sid) };
}

interface Sent {
  body: Json;
  reply: Reply;
  /** The recording that the request is about; null if there is none. */
  sid: string | null;
}

/** Sends variants of an example. All changes are made to one recording; each start and stop has its own. */
class Sender {
  readonly #example: Example;
  #changed: Recording | null = null;

  constructor(example: Example) {
    this.#example = example;
  }

  async send(bodyFor: (cname: string) => Json): Promise<Sent> {
    const { call, mode } = this.#example;
    if (call === 'acquire' || call === 'start') {
      const cname = nextChannel();
      const body = bodyFor(cname);
      if (call === 'acquire') return { body, reply: await this.#post('acquire', body), sid: null };
      const path = `resourceid/${await acquired(this.#example, cname)}/mode/${mode}/start`;
      const reply = await this.#post(path, body);
      return { body, reply, sid: reply.status === 200 ? String(reply.body.sid) : null };
    }
    const recording =
      call === 'stop' ? await running(this.#example) : (this.#changed ??= await running(this.#example));
    const { cname, resourceId, sid } = recording;
    const body = bodyFor(cname);
    const reply = this.#post(`resourceid/${resourceId}/sid/${sid}/mode/${mode}/${call}`, body);
    if (call === 'stop') await untilAnswered(reply);
    return { body, reply: await reply, sid };
  }

  #post(path: string, body: Json): Promise<Reply> {
    return client.agora('POST', `${client.base}/${path}`, body);
  }
}

/** Lets the upload that a stop may wait for end. */
async function untilAnswered(reply: Promise<Reply>): Promise<void> {
  let answered = false;
  void reply.finally(() => (answered = true));
  while (!answered) await client.step(CHECKED_MS);
}

const OPERATIONS = {
  ...{ acquire: 'Acquire', start: 'Start', update: 'Update', updateLayout: 'UpdateLayout', stop: 'Stop' },
} as const;

/** Agora's reason for an update that changes nothing. */
const NOTHING = /^Update: invalid (streamSubscribe|webRecordingConfig) value$/;

/** The reply in the words of the table; anything else is returned as it is. */
function nameOf({ call }: Example, { status, body }: Reply, path: readonly (string | number)[]): string {
  if (status === 200) return 'accepted';
  const { code, reason } = body as { code?: number; reason?: string };
  if (status === 400 && (code === 401 || code === 432)) return `refused, 400/${code}`;
  const named = path.filter((part) => part !== 'clientRequest').join('.');
  // Of an empty object or list, the reason names what is missing in it.
  const names = reason?.startsWith(`${OPERATIONS[call]}: invalid ${named}`) ?? false;
  const isNamed = names || (call === 'update' && NOTHING.test(reason ?? ''));
  return status === 400 && code === 2 && isNamed ? 'refused' : `${status} ${JSON.stringify(body)}`;
}

/** Whether a recording was refused after the reply to its start. */
async function isRefused(sid: string): Promise<boolean> {
  const { phase, status } = await client.truth(sid);
  return phase === 'ended' && status === 20;
}

/** At small size, the variants of the examples that have every property; the others repeat these properties. */
describe('The sandbox answers each example, and each of its variants, as documented', () => {
  it.each(EXAMPLES.map((example) => [example.name, example] as const))('%s', async (_name, example) => {
    await client.control('DELETE', '');
    const sender = new Sender(example);
    const rows: { title: string; expected: Answer; said: string; sid: string | null }[] = [];
    const whole = await sender.send((cname) => bodyOf(example, cname, UID));
    rows.push({
      title: 'as it is',
      expected: 'accepted',
      said: nameOf(example, whole.reply, []),
      sid: whole.sid,
    });
    const variants = FULL || EVERY_PROPERTY.includes(example) ? variantsOf(example) : [];
    for (const { property, path, kind, title } of variants) {
      const bodyFor = (cname: string) => without(bodyOf(example, cname, UID), path, kind);
      const { body, reply, sid } = await sender.send(bodyFor);
      const expected = answerOf(example, property, kind, body);
      rows.push({ title, expected, said: nameOf(example, reply, path), sid });
    }
    await client.step(CHECKED_MS);
    const answers: Record<string, string> = {};
    for (const { title, said, sid } of rows) {
      const isLate = example.call === 'start' && sid !== null && (await isRefused(sid));
      answers[title] = isLate ? 'refused later' : said;
    }
    expect(answers).toEqual(Object.fromEntries(rows.map(({ title, expected }) => [title, expected])));
  });
});

describe('The table of answers', () => {
  it('has a row for each documented property, with the place of its document', () => {
    const documented = readFileSync(new URL('request-properties/documented.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .filter((property) => !(property in EXCEPTIONS) || property.startsWith('extensionServiceConfig'));
    expect(documented.filter((property) => !(property in ANSWERS))).toEqual([]);
    for (const { place } of Object.values(ANSWERS)) expect(place).toMatch(/^https:\/\/docs\.agora\.io\//);
  });

  it('is used completely: each of its properties is left out of at least one example', () => {
    const found = new Set(EXAMPLES.flatMap(variantsOf).map(({ property }) => property));
    expect(Object.keys(ANSWERS).filter((property) => !found.has(property))).toEqual([]);
  });
});
