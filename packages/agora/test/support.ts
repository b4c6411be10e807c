import { readFileSync } from 'node:fs';

/** A sample of what Agora sends, as text. */
export function sampleText(name: string): string {
  return readFileSync(new URL(`../../../test/samples/${name}.json`, import.meta.url), 'utf8');
}

export function sample(name: string): unknown {
  return JSON.parse(sampleText(name));
}

/** The body of a reply's sample, as text. */
export function replyBody(name: string): string {
  const { body } = sample(name) as { body: unknown };
  return JSON.stringify(body);
}

export interface Envelope {
  noticeId: string;
  productId: number;
  eventType: number;
  notifyMs: number;
  payload: Record<string, unknown> & { details: Record<string, unknown> };
}

/** A notification's sample, to be changed by the test. */
export function envelope(name: string): Envelope {
  return sample(name) as Envelope;
}
