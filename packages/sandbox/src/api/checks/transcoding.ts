import { z } from 'zod';
import { positiveInteger } from './check.js';
import { layoutFields, layoutIsComplete } from './layout.js';

/** Pixels of the canvas (REST reference, transcodingConfig). Neither side has a limit, nor do fps and bitrate. */
const MAX_PIXELS = 1920 * 1080;
const DEFAULT_WIDTH = 360;
const DEFAULT_HEIGHT = 640;

const transcodingConfig = z
  .looseObject({
    width: positiveInteger.optional(),
    height: positiveInteger.optional(),
    fps: positiveInteger.optional(),
    bitrate: positiveInteger.optional(),
    ...layoutFields,
  })
  .refine(({ width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT }) => width * height <= MAX_PIXELS, {
    path: ['width'],
  })
  .refine(layoutIsComplete, { path: ['layoutConfig'] });

/**
 * What is wrong with transcodingConfig, or null. Agora checks it after the reply to start (quick start, asynchronous
 * parameter check), so no call is refused for it.
 */
export function transcodingFault(given: unknown): string | null {
  if (given === undefined) return null;
  const parsed = transcodingConfig.safeParse(given);
  if (parsed.success) return null;
  const path = ['transcodingConfig', ...(parsed.error.issues[0]?.path ?? [])];
  return `invalid ${path.join('.')} value`;
}
