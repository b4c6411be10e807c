import { CAUSES } from './causes.js';
import { type Operation } from './operations.js';
import { type ReplyMeaning } from './reply-meanings.js';

/**
 * Codes of Agora's older list that still occur (docs/agora/errors.md, Older codes). The list names no HTTP status; the rows
 * are under 400, or under 500 where that was seen, and apply to the whole hundred.
 */

/** The operations on a recording that has been started. */
export const LATER_OPERATIONS = [
  'query',
  'update',
  'updateLayout',
  'stop',
] as const satisfies readonly Operation[];

const START_IN_DOUBT = {
  verdict: 'in-doubt',
  name: 'START_IN_DOUBT',
  advice: 'Agora has not said whether the recording started. Watch the recording; it settles by itself.',
} as const;

const STARTS = [
  { httpStatus: 400, code: 7, name: 'RESOURCE_ALREADY_STARTED', verdict: 'already' },
  { httpStatus: 400, code: 62, ...START_IN_DOUBT },
  { httpStatus: 400, code: 65, ...START_IN_DOUBT },
  {
    httpStatus: 500,
    code: 15,
    verdict: 'in-doubt',
    name: 'START_IN_DOUBT',
    advice:
      'Agora failed with a code that it explains nowhere, and has not said whether the recording started. Watch the recording; ' +
      'it settles by itself.',
  },
] as const;

const ALREADY_STARTED =
  'A recording was started with this resource before. Start without resourceId for a new one.';

export const OLDER_REPLIES: readonly ReplyMeaning[] = [
  {
    operation: 'any',
    httpStatus: 400,
    code: 8,
    verdict: 'refused',
    name: 'AGORA_REQUEST_UNREADABLE',
    advice:
      'Agora could not read the request: its headers, address, method or JSON. The operator must check AGORA_API_URLS and the ' +
      'proxies between the gateway and Agora.',
  },
  {
    operation: 'acquire',
    httpStatus: 500,
    code: 62,
    verdict: 'refused',
    name: 'APP_ID_INVALID',
    advice: 'Cloud Recording is not enabled for the App ID. Enable it in the Agora console.',
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 62,
    verdict: 'refused',
    name: 'APP_ID_INVALID',
    advice: 'Cloud Recording is not enabled for the App ID. Enable it in the Agora console.',
  },
  ...(['acquire', 'start'] as const).map((operation) => ({
    operation,
    httpStatus: 400,
    code: 1013,
    verdict: 'refused' as const,
    name: 'CHANNEL_NAME_INVALID',
    advice: CAUSES.CHANNEL_NAME_INVALID,
  })),
  ...STARTS.map((row) => ({ operation: 'start' as const, advice: ALREADY_STARTED, ...row })),
  {
    operation: 'start',
    httpStatus: 400,
    code: 109,
    verdict: 'refused',
    name: 'TOKEN_INVALID',
    advice: CAUSES.TOKEN_EXPIRED,
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 110,
    verdict: 'refused',
    name: 'TOKEN_INVALID',
    advice: CAUSES.TOKEN_INVALID,
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 432,
    verdict: 'refused',
    name: 'RESOURCE_MISMATCH',
    advice:
      'A parameter is wrong, or App ID, channel or uid are not those the resource was acquired for. Use the same, or acquire ' +
      'again.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 433,
    verdict: 'refused',
    name: 'RESOURCE_EXPIRED',
    advice: 'The resource is older than five minutes. Acquire another, or start without resourceId.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 1001,
    verdict: 'refused',
    name: 'RESOURCE_INVALID',
    advice: 'Agora cannot read the resource id. Acquire another, or start without resourceId.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 1003,
    verdict: 'refused',
    name: 'RESOURCE_MISMATCH',
    advice: 'The resource was acquired for another App ID. Acquire another, or start without resourceId.',
  },
  ...LATER_OPERATIONS.flatMap((operation): ReplyMeaning[] => [
    {
      operation,
      httpStatus: 400,
      code: 62,
      verdict: 'in-doubt',
      name: 'AGORA_UNAVAILABLE',
      advice: 'Agora did not answer in time. Try again in a few seconds.',
    },
    {
      operation,
      httpStatus: 400,
      code: 65,
      verdict: 'in-doubt',
      name: 'AGORA_UNAVAILABLE',
      advice: 'Agora did not complete the call. Try again in a few seconds.',
    },
    {
      operation,
      httpStatus: 400,
      code: 432,
      verdict: 'refused',
      name: 'RESOURCE_MISMATCH',
      advice:
        'App ID, channel or uid are not those the recording was started with. If it was started elsewhere, adopt it with those ' +
        'of its start.',
    },
    {
      operation,
      httpStatus: 400,
      code: 1001,
      verdict: 'refused',
      name: 'RESOURCE_INVALID',
      advice:
        'Agora cannot read the resource id. If the recording was started elsewhere, adopt it with the one of its start.',
    },
    {
      operation,
      httpStatus: 400,
      code: 1003,
      verdict: 'refused',
      name: 'RESOURCE_MISMATCH',
      advice:
        'App ID or sid do not belong to the resource. If the recording was started elsewhere, adopt it with those of its start.',
    },
  ]),
  {
    operation: 'updateLayout',
    httpStatus: 400,
    code: 1028,
    verdict: 'refused',
    name: 'LAYOUT_INVALID',
    advice:
      'Agora cannot read the layout. Check that every region lies within the canvas, and send it whole.',
  },
  ...(['query', 'update', 'updateLayout'] as const).flatMap((operation) =>
    [400, 500].map((httpStatus) => ({
      operation,
      httpStatus,
      code: 501,
      verdict: 'refused' as const,
      name: 'ALREADY_STOPPING',
      advice:
        'The recording is ending, and Agora answers no more calls for it. Wait: notifications of its end are still accepted.',
    })),
  ),
  {
    operation: 'stop',
    httpStatus: 400,
    code: 501,
    verdict: 'already',
    name: 'ALREADY_STOPPING',
    advice: 'The recording is ending already. Wait for its files.',
  },
  {
    operation: 'stop',
    httpStatus: 400,
    code: 435,
    verdict: 'done',
    name: 'NOTHING_RECORDED',
    advice: 'The recording has stopped. No user sent a stream, so nothing was recorded.',
  },
  {
    operation: 'stop',
    httpStatus: 206,
    code: null,
    verdict: 'done',
    name: 'UPLOAD_CONTINUES',
    advice: 'The recording has stopped; its files are still on their way.',
  },
];
