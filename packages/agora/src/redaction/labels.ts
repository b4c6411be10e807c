import { SECRET_WIRE_NAMES } from '../parameters/tables.js';
import { addressSecrets } from './address.js';
import { type Range } from './range.js';

/** Properties of Agora's requests, replies and notifications whose values are secrets, in lower case. */
const SECRET_PROPERTIES = new Set([...SECRET_WIRE_NAMES].map((name) => name.toLowerCase()));

export function isSecretProperty(name: string): boolean {
  return SECRET_PROPERTIES.has(name.toLowerCase());
}

/** A property of JSON inside of a text, up to its value. */
const PROPERTY = new RegExp(`"(?:${[...SECRET_PROPERTIES, 'rtmpurl'].join('|')})"\\s*:\\s*"`, 'gi');

const VALUE = /[^"\\]*(?:\\[\s\S][^"\\]*)*/y;

/** Where a text has values that it labels as secrets itself: properties of JSON, and credentials in addresses. */
export function labelledSecrets(text: string): Range[] {
  const found = addressSecrets(text);
  for (const { 0: front, index } of text.matchAll(PROPERTY)) {
    const from = index + front.length;
    VALUE.lastIndex = from;
    const to = from + (VALUE.exec(text)?.[0].length ?? 0);
    if (to > from) found.push([from, to]);
  }
  return found;
}
