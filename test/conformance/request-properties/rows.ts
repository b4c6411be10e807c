import { ACQUISITIONS } from './acquire.js';
import { type Group } from './row.js';
import { COMPOSITE_STARTS } from './start-composite.js';
import { INDIVIDUAL_STARTS } from './start-individual.js';
import { WEB_STARTS } from './start-web.js';
import { STOPS } from './stop.js';
import { LAYOUTS } from './update-layout.js';
import { UPDATES } from './update.js';

/** Every documented request property, in requests that carry many of them. */
export const GROUPS: readonly Group[] = [
  ...COMPOSITE_STARTS,
  ...INDIVIDUAL_STARTS,
  ...WEB_STARTS,
  ...ACQUISITIONS,
  ...UPDATES,
  ...LAYOUTS,
  ...STOPS,
];

/** Documented properties that no input carries, each with the reason. */
export const EXCEPTIONS: Record<string, string> = {
  'path.appid': 'part of every path, checked for each call below',
  'path.resourceId': 'part of the path, checked for each call below',
  'path.sid': 'part of the path, checked for each call below',
  'path.mode': 'part of the path, checked for each call below',
  'extensionServiceConfig.errorHandlePolicy':
    'can only be set to its default, for the config as for each of its services',
  'serviceParam.container':
    'left over from postponed transcoding, which no longer has a property that leads to it',
  'serviceParam.format': 'of container',
  'serviceParam.sampleRate': 'of container',
  'serviceParam.bitrate': 'of container',
  'serviceParam.channels': 'of container',
};
