import { LAYOUT_PARAMETERS, REGION_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import * as z from 'zod';
import { bounded, check, uid } from './check.js';

const CUSTOM_LAYOUT = 3;

const share = bounded(REGION_PARAMETERS.x);
const renderMode = bounded(REGION_PARAMETERS.renderMode);

/** What updateLayout and transcodingConfig share (REST reference, clientRequest-updateLayout). */
export const layoutFields = {
  // Public code also sends an empty one, and "#allstream#" as the uid of a region.
  maxResolutionUid: z.union([uid, z.literal('')]).optional(),
  mixedVideoLayout: bounded(LAYOUT_PARAMETERS.mixedVideoLayout).optional(),
  backgroundColor: bounded(LAYOUT_PARAMETERS.backgroundColor).optional(),
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
    .max(LAYOUT_PARAMETERS.layoutConfig.type.maxItems)
    .optional(),
  backgroundConfig: z
    .array(
      z.looseObject({
        uid,
        image_url: z.string().min(1),
        render_mode: renderMode.optional(),
      }),
    )
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
