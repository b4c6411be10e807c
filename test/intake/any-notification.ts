import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { MAX_JSON_DEPTH } from '@agora-recording-gateway/agora/tables/json-depth';
import { type Envelope, envelope } from '../../packages/agora/test/support.js';

/** Names that an object of JavaScript has by itself, and names that break lines, texts and patterns. */
const STRANGE_NAMES = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__'],
  ...[
    '',
    ' ',
    '0',
    '-1',
    'null',
    'a\nb',
    'a\r\nlevel: 60',
    '\u0000',
    '\u2028',
    '\u007f',
    '\ud800',
    '𝒳é',
    '"\\/%00',
  ],
];

const name = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...STRANGE_NAMES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

const samples = readdirSync(new URL('../samples', import.meta.url))
  .filter((file) => /^notify-(?!40-retry)/.test(file))
  .map((file) => file.replace('.json', ''));

/** Stands in a notification where its text has lists and objects inside of each other. */
const DEEP = 'lists and objects inside of each other';

/** As text: JSON.stringify follows no nesting of some thousand levels. */
function nested(depth: number): string {
  const opening = Array.from({ length: depth }, (_, level) => (level % 2 === 0 ? '[' : '{"a":'));
  const closing = Array.from({ length: depth }, (_, level) => (level % 2 === 0 ? ']' : '}'));
  return [...opening, '"bottom"', ...closing.reverse()].join('');
}

const files = fc.array(
  fc.record({ fileName: name, trackType: name, uid: name, sliceStartTime: fc.oneof(fc.integer(), name) }),
  { maxLength: 3 },
);

/** What is put in place of a part of a sample; null leaves the sample as it is. */
const change = fc.record(
  {
    uid: name,
    cname: name,
    sequence: fc.oneof(fc.integer(), fc.double(), name),
    // Without its own time, the time of the envelope counts.
    sendts: fc.constantFrom(null, '', 'yesterday', {}, -1),
    serviceType: fc.oneof(fc.integer({ min: -1, max: 9 }), name),
  },
  { requiredKeys: [] },
);

const details = fc.oneof(
  fc.record(
    {
      fileList: fc.oneof(files, name, fc.jsonValue()),
      fileName: name,
      streamUid: name,
      uids: fc.array(fc.record({ uid: name, result: name, fileList: files }), { maxLength: 2 }),
      rtmpUrl: name,
      status: fc.oneof(fc.integer(), name),
      errorMsg: name,
      newUid: name,
      state: fc.oneof(fc.integer(), name),
    },
    { requiredKeys: [] },
  ),
  fc.dictionary(name, fc.jsonValue(), { maxKeys: 4 }),
);

const depth = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: MAX_JSON_DEPTH - 4 }) },
  { weight: 1, arbitrary: fc.integer({ min: MAX_JSON_DEPTH + 1, max: 6_000 }) },
);

/** When the first notification happened. Unix milliseconds. */
const FIRST_TIME = 1_764_000_000_000;

export interface AnyNotification {
  text: string;
  /** Nested deeper than is accepted. */
  tooDeep: boolean;
}

/** Notifications of all kinds about the recordings with these sids, well and badly formed; each is unlike all others. */
export function anyNotifications(sids: readonly string[]): fc.Arbitrary<(index: number) => AnyNotification> {
  return fc
    .record({
      sample: fc.constantFrom(...samples),
      sid: fc.constantFrom(...sids),
      change,
      details: fc.option(details),
      eventType: fc.option(fc.oneof(fc.integer({ min: -1, max: 120 }), name), { freq: 2 }),
      depth,
      where: fc.constantFrom('details', 'payload', 'envelope'),
    })
    .map((parts) => (index: number) => {
      // Two of one time, recorder, type and sequence would be copies of one notification, of which one is kept.
      const at = FIRST_TIME + index;
      const times = { eventMs: at, notifyMs: at };
      const body: Envelope & Record<string, unknown> = { ...envelope(parts.sample), ...times };
      body.noticeId = `notice-${index}`;
      if (parts.eventType !== null) Object.assign(body, { eventType: parts.eventType });
      body.payload = { ...body.payload, sequence: index, sendts: at, ...parts.change, sid: parts.sid };
      if (parts.details !== null) body.payload.details = { ...body.payload.details, ...parts.details };
      const deep = parts.depth === 0 ? {} : { deep: DEEP };
      if (parts.where === 'details') body.payload.details = { ...body.payload.details, ...deep };
      if (parts.where === 'payload') body.payload = { ...body.payload, ...deep };
      if (parts.where === 'envelope') Object.assign(body, deep);
      const text = JSON.stringify(body).replace(JSON.stringify(DEEP), () => nested(parts.depth));
      return { text, tooDeep: parts.depth > MAX_JSON_DEPTH };
    });
}
