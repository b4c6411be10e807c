const json = (text: string) => JSON.stringify(text).slice(1, -1);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const lowerEscapes = (text: string) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

/** How a service may spell a value that it echoes, by name. */
export const SPELLINGS: Record<string, (text: string) => string> = {
  plain: (text) => text,
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (text) => lowerEscapes(encodeURIComponent(text)),
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'JSON in JSON': json,
  'JSON in JSON in JSON': (text) => json(json(text)),
  base64,
  'URL-safe base64 without padding': (text) => Buffer.from(`id:${text}`).toString('base64url'),
  'Basic header': (text) => `Basic ${base64(`customer:${text}`)}`,
  'XML entities': (text) => text.replace(/[^A-Za-z0-9]/g, (character) => `&#${character.charCodeAt(0)};`),
  'upper case': (text) => text.toUpperCase(),
  'lower case': (text) => text.toLowerCase(),
};

/** The part of base64 that is the same whatever stands before and after the text. */
function stableBase64(text: string, offset: number): string {
  const encoded = base64(`${'x'.repeat(offset)}${text}`);
  return encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + text.length) * 4) / 3) - 1);
}

/** The letters and digits of a value, and their base64: what shows in a text, however the value is spelled in it. */
export function traces(core: string): { anyCase: string; exact: string[] } {
  return { anyCase: core.toLowerCase(), exact: [0, 1, 2].map((offset) => stableBase64(core, offset)) };
}
