import { failures, gatewayAnswers } from '../api/replies.js';
import { type Situation } from './situation.js';

const refused = (
  operation: 'acquire' | 'start' | 'query' | 'stop' | 'updateLayout',
  answer: { status: number; body: Record<string, unknown> },
  times = 1,
) => [{ operation, ...answer, times }];

/** A start is refused, and one with a new resource too, which a client may try. */
const EACH_START = 2;

/** A recording that the sandbox does not have. */
const ANOTHER = { cname: 'another channel', uid: '16', sid: 'f'.repeat(32) };

/** The call is carried out, and its reply names something else than was asked for. */
const named = (
  operation: 'acquire' | 'start' | 'query' | 'stop' | 'update' | 'updateLayout',
  body: Record<string, unknown>,
) => [{ operation, apply: true, merge: true, body }];

/** Queries until the fault is cancelled. */
const EACH_QUERY = 1_000;

/** Situations whose cause is a reply of Agora. */
export const CALLS = {
  'uid-refused': {
    on: 'channel',
    description:
      'The next acquire is refused with code 2 and a reason that names no field, as for a uid that is too large.',
    faults: refused('acquire', failures.invalid('post method api body check failed!')),
  },
  'reason-names-no-field': {
    on: 'channel',
    description: 'The next start is refused with code 2 and "services not selected!", which names no field.',
    faults: refused('start', failures.invalid('services not selected!')),
  },
  'value-refused': {
    on: 'channel',
    description:
      'The next acquire is refused with code 2 and "api body validate failed!", which names no field.',
    faults: refused('acquire', failures.invalid('api body validate failed!')),
  },
  'reason-names-a-field': {
    on: 'channel',
    description: 'The next start is refused with code 2 and a reason that names recordingConfig.maxIdleTime.',
    faults: refused('start', failures.invalid('Start: invalid recordingConfig.maxIdleTime value')),
  },
  'request-hash-mismatch': {
    on: 'channel',
    description:
      'The next two starts are refused with "request_hash mismatch!", as if acquire had been sent other parameters.',
    faults: refused('start', failures.invalid('request_hash mismatch!'), EACH_START),
  },
  'resource-of-another-channel': {
    on: 'channel',
    description:
      'The next start is refused because its resource was acquired for another channel name or uid.',
    faults: refused('start', failures.mismatch()),
  },
  'start-answers-500': {
    on: 'channel',
    description: 'The next start begins a recording, but is answered with 500, code 15 and an empty sid.',
    faults: [{ operation: 'start', status: 500, body: { code: 15, sid: '' }, apply: true }],
  },
  'start-names-a-code': {
    on: 'channel',
    description: 'The reply to the next start is a success whose body also has code 200.',
    faults: [{ operation: 'start', body: { code: 200 }, apply: true, merge: true }],
  },
  'app-id-refused': {
    on: 'channel',
    description:
      'The next acquire is answered with "appid is invalid", as for a project without Cloud Recording.',
    faults: refused('acquire', gatewayAnswers.appIdInvalid),
  },
  'sid-lost': {
    on: 'channel',
    description: 'The next start begins a recording, but its reply is lost, and with it the sid.',
    faults: [{ operation: 'start', drop: 'reply' }],
  },
  'channel-recorded-already': {
    on: 'channel',
    description:
      'The next start is refused with code 53, because a recording runs with the same channel and uid.',
    faults: refused('start', failures.conflict()),
  },
  'credentials-refused': {
    on: 'channel',
    description: 'The next acquire is answered with 401, as for a customer ID with a blank at its end.',
    faults: refused('acquire', gatewayAnswers.credentialsInvalid),
  },
  'channel-name-refused': {
    on: 'channel',
    description:
      'The next acquire is refused with code 401, as for a channel name with a character that Agora does not take.',
    faults: refused('acquire', failures.invalidChannel()),
  },
  'layout-refused': {
    on: 'channel',
    description:
      'The next updateLayout is refused with code 1028, as for a region that is not inside the canvas.',
    faults: refused('updateLayout', { status: 400, body: { code: 1028, reason: 'invalid layout' } }),
  },
  'stop-names-no-file': {
    on: 'channel',
    description:
      'The reply to the next stop has an empty list of files and says that they are in the backup storage.',
    faults: [
      {
        ...{ operation: 'stop', apply: true, merge: true },
        body: { serverResponse: { fileListMode: 'json', fileList: [], uploadingStatus: 'backuped' } },
      },
    ],
  },
  'stop-while-it-ends': {
    on: 'channel',
    description:
      'The next stop is answered with 400 and code 49, with the files in its body: the recording was ending already.',
    faults: [{ operation: 'stop', status: 400, body: { code: 49 }, apply: true, merge: true }],
  },
  'query-names-another-recording': {
    on: 'channel',
    description: 'The reply to the next query names the channel, uid and sid of another recording.',
    faults: named('query', ANOTHER),
  },
  'query-names-another-sid': {
    on: 'channel',
    description:
      'The reply to the next query names the sid of another recording, with the right channel and uid.',
    faults: named('query', { sid: ANOTHER.sid }),
  },
  'query-names-another-channel': {
    on: 'channel',
    description: 'The reply to the next query names another channel, with the right sid.',
    faults: named('query', { cname: ANOTHER.cname }),
  },
  'query-names-another-uid': {
    on: 'channel',
    description: 'The reply to the next query names another uid, with the right sid.',
    faults: named('query', { uid: ANOTHER.uid }),
  },
  'update-names-another-recording': {
    on: 'channel',
    description: 'The reply to the next update names the channel, uid and sid of another recording.',
    faults: named('update', ANOTHER),
  },
  'layout-names-another-recording': {
    on: 'channel',
    description: 'The reply to the next updateLayout names the channel, uid and sid of another recording.',
    faults: named('updateLayout', ANOTHER),
  },
  'stop-names-another-recording': {
    on: 'channel',
    description: 'The reply to the next stop names the channel, uid and sid of another recording.',
    faults: named('stop', ANOTHER),
  },
  'start-names-another-channel': {
    on: 'channel',
    description: 'The next start begins a recording, but its reply names another channel.',
    faults: named('start', { cname: ANOTHER.cname }),
  },
  'acquire-names-another-channel': {
    on: 'channel',
    description: 'The reply to the next acquire names another channel.',
    faults: named('acquire', { cname: ANOTHER.cname }),
  },
  'page-query-without-files': {
    on: 'channel',
    description: 'Queries of a page recording show it in progress, with an empty list of files.',
    faults: [
      {
        ...{ operation: 'query', apply: true, merge: true, times: EACH_QUERY },
        body: {
          serverResponse: {
            status: 5,
            extensionServiceState: [
              {
                serviceName: 'web_recorder_service',
                payload: { state: 'inProgress', onhold: false, fileList: [] },
              },
            ],
          },
        },
      },
    ],
  },
} as const satisfies Readonly<Record<string, Situation>>;
