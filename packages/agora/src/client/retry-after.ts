/**
 * How long an answer asks to wait, milliseconds: Retry-After in seconds, or as a date, which counts from the answer's own
 * Date. Null where there is none, or none that can be read.
 */
export function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
