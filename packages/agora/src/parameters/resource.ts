import { DEFAULT_RESOURCE_EXPIRED_HOURS } from '../tables/operations.js';
import { ALL_MODES, CHANNEL_MODES, choice, integer, type ParameterTable, text, texts } from './parameter.js';

/** clientRequest of acquire. */
export const RESOURCE_PARAMETERS = {
  region: {
    wire: 'region',
    type: choice('Region', ['CN', 'AP', 'EU', 'NA']),
    default: null,
    modes: ALL_MODES,
    description: "Area of Agora's servers",
    absent: 'near the gateway',
    note: 'The storage must be in the same area.',
  },
  resourceExpiredHours: {
    wire: 'resourceExpiredHour',
    type: integer(1, 720, 'hours'),
    default: DEFAULT_RESOURCE_EXPIRED_HOURS,
    modes: ALL_MODES,
    description: 'Hours after the start in which the recording can be queried and stopped',
    note: 'With a resourceId: what it was acquired with.',
  },
  excludeResourceIds: {
    wire: 'excludeResourceIds',
    // Agora states no bound; it is ours.
    type: texts(50),
    default: null,
    modes: ALL_MODES,
    description: 'Resource ids of other recordings whose servers are to be avoided',
  },
} as const satisfies ParameterTable;

/** What a start sends besides the parameters of its mode and its storage. */
export const START_PARAMETERS = {
  token: {
    wire: 'token',
    // Agora states no bound; it is ours.
    type: text(undefined, 4096),
    default: null,
    modes: CHANNEL_MODES,
    secrecy: 'secret',
    description: 'RTC token for this channel and this uid, where the project has an App Certificate',
    absent: 'one that the gateway makes, valid for 24 hours, if it has the App Certificate; otherwise none',
    note: 'It cannot be renewed: create one that outlives the recording. Without effect in a web page recording.',
  },
} as const satisfies ParameterTable;
