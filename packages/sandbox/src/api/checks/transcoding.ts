import { z } from 'zod';
import { layoutFields, layoutIsComplete } from './layout.js';
import { integer } from './check.js';

/** Largest canvas (rest-api-reference.md, transcodingConfig). */
const MOST_PIXELS = 1920 * 1080;
const DEFAULT_WIDTH = 360;
const DEFAULT_HEIGHT = 640;

const transcodingConfig = z
  .looseObject({
    width: integer(1, 1920).optional(),
    height: integer(1, 1920).optional(),
    fps: integer(1, 60).optional(),
    bitrate: integer(1, 10_000).optional(),
    ...layoutFields,
  })
  .refine(({ width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT }) => width * height <= MOST_PIXELS, {
    path: ['width'],
  })
  .refine(layoutIsComplete, { path: ['layoutConfig'] });

/**
 * What is wrong with transcodingConfig, or null. Agora looks at it after start was answered (quickstart.md: "the
 * asynchronous parameter check"), so this refuses no call.
 */
export function transcodingFault(given: unknown): string | null {
  if (given === undefined) return null;
  const parsed = transcodingConfig.safeParse(given);
  if (parsed.success) return null;
  const path = ['transcodingConfig', ...(parsed.error.issues[0]?.path ?? [])];
  return `invalid ${path.join('.')} value`;
}
