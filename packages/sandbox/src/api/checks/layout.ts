import { z } from 'zod';
import { check, integer, uid } from './check.js';

/** Users of a custom layout (REST reference, layoutConfig). */
const MAX_REGIONS = 17;

const CUSTOM_LAYOUT = 3;

const share = z.number().min(0).max(1);
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);
const renderMode = integer(0, 1);

/** What updateLayout and transcodingConfig share (REST reference, clientRequest-updateLayout). */
export const layoutFields = {
  // Public code also sends an empty one, and "#allstream#" as the uid of a region.
  maxResolutionUid: z.union([uid, z.literal('')]).optional(),
  mixedVideoLayout: integer(0, CUSTOM_LAYOUT).optional(),
  backgroundColor: colour.optional(),
  backgroundImage: z.string().optional(),
  defaultUserBackgroundImage: z.string().optional(),
  layoutConfig: z
    .array(
      z.looseObject({
        uid: z
          .string()
          .regex(/^([0-9]*|#allstream#)$/)
          .optional(),
        x_axis: share,
        y_axis: share,
        width: share,
        height: share,
        alpha: share.optional(),
        render_mode: renderMode.optional(),
      }),
    )
    .max(MAX_REGIONS)
    .optional(),
  backgroundConfig: z
    .array(z.looseObject({ uid: z.string(), image_url: z.string(), render_mode: renderMode.optional() }))
    .optional(),
};

/** A custom layout must have regions. */
export function layoutIsComplete(layout: { mixedVideoLayout?: number; layoutConfig?: unknown[] }): boolean {
  return layout.mixedVideoLayout !== CUSTOM_LAYOUT || (layout.layoutConfig?.length ?? 0) > 0;
}

const layout = z.looseObject(layoutFields).refine(layoutIsComplete, { path: ['layoutConfig'] });

/** Why clientRequest of updateLayout is refused, or null. */
export function checkLayout(clientRequest: unknown): string | null {
  const checked = check('UpdateLayout', layout, clientRequest);
  return 'reason' in checked ? checked.reason : null;
}
