/**
 * What Agora sends may hold NUL characters and halves of surrogate pairs, which JSON can spell and a database cannot
 * keep: PostgreSQL refuses the first, and UTF-8 has no form for the second. In a column they are spelled with a mark that
 * no text is likely to hold, and that is spelled itself. Equal texts stay equal, so keys and filters work as they are.
 */
const MARK = '\u001a';
const UNSTORABLE = /[\0\u001a]|\p{Surrogate}/gu;
const SPELLED = /\u001a([0-9a-f]{4})/g;

/** The text as a column holds it. */
export function toColumn(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(MARK)) return text;
  return text.replace(UNSTORABLE, (unit) => MARK + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** The text that a column holds. */
export function fromColumn(stored: string): string {
  if (!stored.includes(MARK)) return stored;
  return stored.replace(SPELLED, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** A value on its way into the database. */
export function toColumnValue(value: unknown): unknown {
  return typeof value === 'string' ? toColumn(value) : value;
}
