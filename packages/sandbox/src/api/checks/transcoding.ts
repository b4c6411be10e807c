import { CANVAS_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import { MAX_PIXELS } from '@agora-recording-gateway/agora/parameters/web';
import * as z from 'zod';
import { bounded, optionalBelow } from './check.js';
import { layoutFields, layoutIsComplete } from './layout.js';

const transcodingConfig = z
  .looseObject({
    ...optionalBelow(CANVAS_PARAMETERS, ''),
    width: bounded(CANVAS_PARAMETERS.width).default(CANVAS_PARAMETERS.width.default),
    height: bounded(CANVAS_PARAMETERS.height).default(CANVAS_PARAMETERS.height.default),
    ...layoutFields,
  })
  .refine(({ width, height }) => width * height <= MAX_PIXELS, {
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
