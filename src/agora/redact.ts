import { type Secret } from './secret.js';

const REDACTED = '[redacted]';

/** Shorter values are no secrets worth the name, and cutting them out would garble innocent text. */
const SHORTEST_SECRET = 6;

/**
 * Properties of Agora's requests, replies and notifications whose values are secrets
 * (agora-facts.md, section 9: "Secrets travelling in requests").
 */
const SECRET_PROPERTIES = new Set(['accesskey', 'secretkey', 'ststoken', 'token', 'secret', 'salt']);

/** The stream key is the last part of a push address; what stands before it tells operators which CDN it is. */
function withoutStreamKey(address: string): string {
  const scheme = /^[a-z]+:\/\//i.exec(address)?.[0] ?? '';
  const host = address.slice(scheme.length).split(/[/?#@]/);
  const authority = address.slice(scheme.length).split(/[/?#]/)[0] ?? '';
  const visible = authority.includes('@') ? authority.slice(authority.lastIndexOf('@') + 1) : host[0];
  return `${scheme}${visible}/${REDACTED}`;
}

function redactValue(value: unknown, property: string): unknown {
  if (typeof value === 'string') {
    if (SECRET_PROPERTIES.has(property.toLowerCase()) && value !== '') return REDACTED;
    if (property === 'rtmpUrl') return withoutStreamKey(value);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => redactValue(item, property));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactValue(inner, key)]));
  }
  return value;
}

function hasSecretProperty(text: string): boolean {
  return /"(accesskey|secretkey|ststoken|token|secret|salt|rtmpurl)"\s*:/i.test(text);
}

/** The forms in which a value can stand inside a JSON text or an address. */
function spellings(value: string): string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  return [...new Set([value, inJson, inJson.replaceAll('/', '\\/'), encodeURIComponent(value)])];
}

/**
 * Cuts secrets out of a text that came from outside, before it is recorded, logged or shown: the properties that hold
 * secrets by Agora's documents, and the values of the secrets that the caller knows, wherever they stand. A text without
 * any of them is returned exactly as it was received.
 */
export function redactText(text: string, secrets: Iterable<Secret> = []): string {
  let result = text;
  if (hasSecretProperty(text)) {
    try {
      result = JSON.stringify(redactValue(JSON.parse(text), ''));
    } catch {
      // No JSON, so no properties: the cut below takes values out of `"name": "value"` in any text.
      result = result.replace(
        /("(?:accesskey|secretkey|ststoken|token|secret|salt|rtmpurl)"\s*:\s*")[^"]*/gi,
        `$1${REDACTED}`,
      );
    }
  }
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length < SHORTEST_SECRET) continue;
    for (const spelling of spellings(value)) result = result.replaceAll(spelling, REDACTED);
  }
  return result;
}
