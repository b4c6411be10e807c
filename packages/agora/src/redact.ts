import { type Secret } from './client/secret.js';
import { withoutStreamKey } from './tables/push-address.js';

const REDACTED = '[redacted]';

/** Shorter values are no secrets worth the name, and cutting them out would garble innocent text. */
const SHORTEST_SECRET = 6;

/**
 * Properties of Agora's requests, replies and notifications whose values are secrets
 * (agora-facts.md, section 9: "Secrets travelling in requests").
 */
const SECRET_PROPERTIES = new Set(['accesskey', 'secretkey', 'ststoken', 'token', 'secret', 'salt']);

/** Properties that tell which recording a message is about, and what. A secret that looks like one must not garble it. */
const IDENTIFYING_PROPERTIES = new Set([
  'noticeId',
  'msgName',
  'cname',
  'channelName',
  'uid',
  'sid',
  'resourceId',
  // And those whose values are words of Agora's own.
  'serviceName',
  'state',
  'status',
  'uploadingStatus',
  'fileListMode',
  'trackType',
]);

/** A property of a text that is no JSON, with its value in quotes. */
const PROPERTY_IN_TEXT =
  /("(?:accesskey|secretkey|ststoken|token|secret|salt|rtmpurl)"\s*:\s*")(?:[^"\\]|\\.)*/gi;

/** One string, number or literal of a JSON text, and whether a colon makes it a property's name. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/** Every form in which the secrets may stand, the longest first: one may be a part of another. */
function spellings(secrets: Iterable<Secret>): string[] {
  const all = [...secrets]
    .map((secret) => secret.reveal())
    .filter((value) => value.length >= SHORTEST_SECRET);
  return [...new Set(all.flatMap((value) => [value, encodeURIComponent(value)]))].sort(
    (left, right) => right.length - left.length,
  );
}

function withoutSpellings(text: string, forms: readonly string[]): string {
  return forms.reduce((cut, form) => cut.replaceAll(form, REDACTED), text);
}

function redactString(value: string, property: string, forms: readonly string[]): string {
  if (SECRET_PROPERTIES.has(property.toLowerCase())) return value === '' ? value : REDACTED;
  if (IDENTIFYING_PROPERTIES.has(property)) return value;
  return withoutSpellings(property === 'rtmpUrl' ? withoutStreamKey(value) : value, forms);
}

/** Replaces values where they stand, so that every other byte stays as it was. */
function redactJson(text: string, forms: readonly string[]): string {
  let property = '';
  return text.replace(TOKEN, (token: string, colon: string | undefined) => {
    if (colon !== undefined) {
      property = JSON.parse(token.slice(0, -colon.length)) as string;
      const name = withoutSpellings(property, forms);
      return name === property ? token : JSON.stringify(name) + colon;
    }
    if (!token.startsWith('"')) {
      return SECRET_PROPERTIES.has(property.toLowerCase()) ? JSON.stringify(REDACTED) : token;
    }
    const value = JSON.parse(token) as string;
    const redacted = redactString(value, property, forms);
    return redacted === value ? token : JSON.stringify(redacted);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // Then it is a text like any other, and is treated as one.
  }
}

/**
 * Cuts secrets out of a text that came from outside, before it is recorded, logged or shown: the properties that hold
 * secrets by Agora's documents, and the values of the secrets that the caller knows, wherever they stand. Everything
 * else stays byte for byte as it was received.
 */
export function redactText(text: string, secrets: Iterable<Secret> = []): string {
  const forms = spellings(secrets);
  if (isJson(text)) return redactJson(text, forms);
  const escaped = forms.flatMap((form) => [form, JSON.stringify(form).slice(1, -1)]);
  return withoutSpellings(text.replace(PROPERTY_IN_TEXT, `$1${REDACTED}`), escaped);
}
