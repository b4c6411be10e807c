import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type Assumptions } from '../../control/assumptions.js';
import { withHonouredLists } from './subscription-lists.js';

const OTHER_MODES: Readonly<Record<Mode, string[]>> = {
  mix: ['webRecordingConfig', 'rtmpPublishConfig'],
  individual: ['webRecordingConfig', 'rtmpPublishConfig'],
  web: ['streamSubscribe'],
};

/** clientRequest of update in the one form that the checks know. Expects a request without empty values. */
export function normalizeUpdate(
  request: Record<string, unknown>,
  mode: Mode,
  assumptions: Assumptions,
): Record<string, unknown> {
  const honoured = withHonouredLists(request, assumptions);
  if (!assumptions.otherModesPropertiesAreIgnored) return honoured;
  return Object.fromEntries(Object.entries(honoured).filter(([name]) => !OTHER_MODES[mode].includes(name)));
}
