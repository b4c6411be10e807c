import { describe, expect, it } from 'vitest';
import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { readReply } from '@agora-recording-gateway/agora/client/reply';
import { recordingCallError } from '../../src/commands/recording-call-error.js';
import { begun, HOUR, notFound, notification, SECOND, T0 } from '../recordings/observations.js';

function answered(httpStatus: number, body: object): CallResult {
  const raw = JSON.stringify(body);
  return {
    answered: true,
    operation: 'query',
    httpStatus,
    requestId: 'req-1',
    raw,
    reply: readReply(raw).reply,
  };
}

const gone = answered(404, { code: 404, reason: 'failed to find worker' });
const agora = { httpStatus: 404, code: 404, reason: 'failed to find worker', requestId: 'req-1' };

describe('The error of a call for a recording that Agora does not find', () => {
  it('says why, and can be tried again while the recording may be starting or moving', () => {
    const starting = begun(notFound({ at: 12 }));
    const moving = begun(notification(40, {}, { at: 7 }), notFound({ at: 12 }));
    for (const [state, words] of [
      [starting, 'it was not running yet at'],
      [moving, 'may be moving'],
    ] as const) {
      const error = recordingCallError('query', gone, state, T0 + 12 * SECOND);
      expect(error).toMatchObject({ code: 'RECORDING_NOT_FOUND', retryable: true, agora });
      expect(error.message).toContain(words);
    }
  });

  it('is final where it has ended or expired', () => {
    const state = begun(notification(40, {}, { at: 7 }));
    expect(recordingCallError('update', gone, state, T0 + 24 * HOUR)).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
      retryable: false,
    });
  });

  it('is any other error unchanged', () => {
    const refused = answered(400, { code: 2, reason: 'invalid' });
    expect(recordingCallError('update', refused, begun(), T0)).toMatchObject({
      code: 'AGORA_PARAMETER_INVALID',
      agora: { httpStatus: 400, code: 2 },
    });
  });
});
