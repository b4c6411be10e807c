import { type NamedRecording } from '../client/named-recording.js';
import { type JsonObject, parseJson, type Reader, readObject } from './read.js';

/** Objects that are looked through for facts. */
const MAX_PLACES = 50;

/** How deep an object may stand in the envelope to be looked through. */
const MAX_DEPTH = 6;

/** Objects and lists inside of these describe something else than the notification. */
const NOT_PLACES = new Set([
  'fileList',
  'uids',
  'outputs',
  'videoInfo',
  'aliVodInfo',
  'extensionServiceState',
]);

/** Objects may stand as JSON text under these. */
const WRAPPERS = new Set(['payload', 'data', 'details', 'body', 'event', 'message', 'notification']);

/** What the envelope says; everything else is documented in the payload. */
const ENVELOPE_FACTS = new Set([
  'noticeId',
  'notificationId',
  'productId',
  'eventType',
  'notifyMs',
  'eventMs',
]);

/** What every notification says. */
const PAYLOAD_FACTS = ['cname', 'uid', 'sid', 'sendts'];

/** The object in a value, through lists of one entry and JSON text under the names that may have it. */
function objectIn(name: string, value: unknown, reader: Reader): JsonObject | null {
  if (NOT_PLACES.has(name)) return null;
  if (Array.isArray(value) || readObject(value) !== null) return reader.object(value);
  return typeof value === 'string' && WRAPPERS.has(name) && parseJson(value) !== null
    ? reader.object(value)
    : null;
}

/** The places of an envelope in which facts can stand, those that are documented first. */
export class Places {
  readonly reader: Reader;
  readonly envelope: JsonObject;
  readonly payload: JsonObject;
  readonly details: JsonObject;
  readonly #others: JsonObject[] = [];

  constructor(envelope: JsonObject, reader: Reader) {
    this.reader = reader;
    this.envelope = envelope;
    const { payload, ...outside } = envelope;
    this.payload = objectIn('payload', payload, reader) ?? {};
    const { details, ...inside } = this.payload;
    this.details = objectIn('details', details, reader) ?? {};
    this.#collect([outside, inside, this.details], 1);
    const isMissing =
      PAYLOAD_FACTS.some((name) => this.payload[name] == null) ||
      (readObject(details) === null && Object.keys(this.details).length === 0);
    if (isMissing || envelope.noticeId == null || envelope.eventType == null) {
      reader.contradict('factsHaveDocumentedPlaces');
    }
  }

  #collect(objects: readonly JsonObject[], depth: number): void {
    if (depth > MAX_DEPTH) return;
    const inner: JsonObject[] = [];
    for (const [name, value] of objects.flatMap((object) => Object.entries(object))) {
      if (this.#others.length >= MAX_PLACES) return;
      const object = objectIn(name, value, this.reader);
      if (object === null) continue;
      this.#others.push(object);
      inner.push(object);
    }
    if (inner.length > 0) this.#collect(inner, depth + 1);
  }

  /** A fact in the first place that has it in a readable form; null if none has. */
  first<T>(name: string, read: (value: unknown) => T | null): T | null {
    const { envelope, payload, details } = this;
    const documented = ENVELOPE_FACTS.has(name) ? envelope : payload;
    for (const place of [documented, payload, envelope, details, ...this.#others]) {
      const value = read(place[name]);
      if (value === null) continue;
      if (place !== documented) this.reader.contradict('factsHaveDocumentedPlaces');
      return value;
    }
    return null;
  }

  /** What the event says: it stands in the details, or next to them. */
  detail(name: string): unknown {
    const { envelope, payload, details } = this;
    for (const place of [details, payload, envelope, ...this.#others]) {
      if (place[name] == null) continue;
      if (place !== details) this.reader.contradict('factsHaveDocumentedPlaces');
      return place[name];
    }
    return null;
  }

  /** What other places name otherwise than the one that decides; null if they agree. */
  otherNames(): NamedRecording | null {
    const { reader } = this;
    const other = (name: string, read: (value: unknown) => string | null, places: readonly JsonObject[]) => {
      const decides = this.first(name, read);
      const values = places.map((place) => read(place[name]));
      return values.find((value) => value !== null && value !== decides) ?? null;
    };
    const sid = other('sid', (value) => reader.id(value), [this.envelope, this.details, ...this.#others]);
    const channel = other('cname', (value) => reader.text(value), [this.envelope]);
    const uid = other('uid', (value) => reader.uid(value), [this.envelope]);
    if (sid === null && channel === null && uid === null) return null;
    reader.contradict('namesAgree');
    return { sid, channel, uid };
  }
}
