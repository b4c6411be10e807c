import { type Group, request, row, UID } from './row.js';

/** Ends of a recording. */
export const STOPS: readonly Group[] = [
  {
    name: 'an asynchronous stop',
    mutation: 'stopRecording',
    running: 'composite',
    input: {},
    body: { cname: 'running-composite', uid: UID },
    rows: [
      row('stop-request.cname', {}, { cname: 'running-composite' }),
      row('stop-request.uid', {}, { uid: UID }),
      row('stop-request.clientRequest', {}, { clientRequest: {} }),
      row('stop-request.async_stop', { async: true }, request({ async_stop: true })),
    ],
  },
];
