import { documentedSpelling } from './property-names.js';
import { readObject } from './read.js';

/** An envelope for each payload, where it has a list of several. */
function withEachPayload(envelope: unknown): unknown[] {
  const object = readObject(envelope);
  const name = Object.keys(object ?? {}).find((key) => (documentedSpelling(key) ?? key) === 'payload');
  const payload = name === undefined ? null : object?.[name];
  if (name === undefined || !Array.isArray(payload) || payload.length < 2) return [envelope];
  return payload.map((each: unknown) => ({ ...object, [name]: each }));
}

/** The envelopes in the body of a request: Agora sends one, with one payload. */
export function envelopesIn(body: unknown): unknown[] {
  return (Array.isArray(body) ? (body as unknown[]) : [body]).flatMap(withEachPayload);
}
