import { z } from 'zod';
import { check, integer, uid } from './check.js';

/** Most users of a custom layout (rest-api-reference.md, layoutConfig). */
const MOST_REGIONS = 17;

const CUSTOM_LAYOUT = 3;

const share = z.number().min(0).max(1);
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);
const renderMode = integer(0, 1);

/** What updateLayout and transcodingConfig have in common (rest-api-reference.md, clientRequest-updateLayout). */
export const layoutFields = {
  maxResolutionUid: uid.optional(),
  mixedVideoLayout: integer(0, CUSTOM_LAYOUT).optional(),
  backgroundColor: colour.optional(),
  backgroundImage: z.string().optional(),
  defaultUserBackgroundImage: z.string().optional(),
  layoutConfig: z
    .array(
      z.looseObject({
        uid: z
          .string()
          .regex(/^[0-9]*$/)
          .optional(),
        x_axis: share,
        y_axis: share,
        width: share,
        height: share,
        alpha: share.optional(),
        render_mode: renderMode.optional(),
      }),
    )
    .max(MOST_REGIONS)
    .optional(),
  backgroundConfig: z
    .array(z.looseObject({ uid: z.string(), image_url: z.string(), render_mode: renderMode.optional() }))
    .optional(),
};

/** A custom layout has to say where users stand. */
export function layoutIsComplete(layout: { mixedVideoLayout?: number; layoutConfig?: unknown[] }): boolean {
  return layout.mixedVideoLayout !== CUSTOM_LAYOUT || (layout.layoutConfig?.length ?? 0) > 0;
}

const layout = z.looseObject(layoutFields).refine(layoutIsComplete, { path: ['layoutConfig'] });

/** Why clientRequest of updateLayout is refused, or null. */
export function checkLayout(clientRequest: unknown): string | null {
  const checked = check('UpdateLayout', layout, clientRequest);
  return 'reason' in checked ? checked.reason : null;
}
