import { describe, expect, it } from 'vitest';
import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { readReply } from '@agora-recording-gateway/agora/client/reply';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import {
  ALL_REPLIES,
  type ReplyMeaning,
  replyMeaning,
} from '@agora-recording-gateway/agora/tables/reply-meanings';
import { callError, USER_ERRORS } from '../../src/commands/user-errors.js';

function answered(operation: Operation, httpStatus: number, body: object): CallResult {
  const raw = JSON.stringify(body);
  return { answered: true, operation, httpStatus, requestId: 'req-1', raw, reply: readReply(raw).reply };
}

describe('the catalogue of user errors', () => {
  it("has a code for every reply of Agora's except a success", () => {
    const meanings: ReplyMeaning[] = [...ALL_REPLIES];
    for (const operation of ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'] as const) {
      for (const httpStatus of [200, 201, 206, 302, 400, 403, 404, 429, 500, 502, 504]) {
        meanings.push(replyMeaning(operation, httpStatus, 9999));
      }
    }
    const failures = meanings.filter(({ verdict }) => verdict !== 'done').map(({ name }) => name);
    expect(failures.filter((name) => !(name in USER_ERRORS))).toEqual([]);
    const successes = meanings.filter(({ verdict }) => verdict === 'done').map(({ name }) => name);
    expect([...new Set(successes)].sort()).toEqual(['NOTHING_RECORDED', 'OK', 'UPLOAD_CONTINUES']);
  });

  it('says of every code what it means, in sentences', () => {
    for (const { description } of Object.values(USER_ERRORS)) expect(description).toMatch(/^[A-Z].*\.$/);
  });

  it('calls retryable what Agora may take later, and final what it will refuse again', () => {
    for (const { name, verdict } of ALL_REPLIES) {
      if (!(name in USER_ERRORS)) continue;
      const { retryable } = USER_ERRORS[name as keyof typeof USER_ERRORS];
      if (verdict === 'later' || verdict === 'in-doubt') expect([name, retryable]).toEqual([name, true]);
    }
    expect(USER_ERRORS.APP_ID_INVALID.retryable).toBe(false);
    expect(USER_ERRORS.AGORA_PARAMETER_INVALID.retryable).toBe(false);
    expect(USER_ERRORS.TASK_CONFLICT.retryable).toBe(false);
  });
});

describe('the error for a call that failed', () => {
  it("carries Agora's reason, codes and request id for its support", () => {
    const error = callError(
      'start',
      answered('start', 400, { code: 2, reason: 'Start: invalid recordingConfig.maxIdleTime value' }),
    );
    expect(error).toEqual({
      code: 'AGORA_PARAMETER_INVALID',
      message:
        "Agora refused the value of recordingConfig.maxIdleTime. Correct it. Agora's reason: Start: invalid recordingConfig.maxIdleTime value",
      field: null,
      retryable: false,
      recordingId: null,
      agora: {
        httpStatus: 400,
        code: 2,
        reason: 'Start: invalid recordingConfig.maxIdleTime value',
        requestId: 'req-1',
      },
    });
  });

  it.each([
    ['services not selected!', 'AGORA_PARAMETER_INVALID', /nothing in the request that it could record/],
    [
      'request_hash mismatch!',
      'RESOURCE_MISMATCH',
      /differs from the config that its resource was acquired with/,
    ],
    ['post method api body check failed!', 'AGORA_PARAMETER_INVALID', /could not read the body/],
    ['api body validate failed!', 'AGORA_PARAMETER_INVALID', /breaks a rule of Agora/],
    ['an undocumented reason', 'AGORA_PARAMETER_INVALID', /^Agora refused a parameter; see its reason\./],
  ])(
    'explains the reason "%s" of code 2, and claims no field that it does not name',
    (reason, code, message) => {
      for (const operation of ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'] as const) {
        const error = callError(operation, answered(operation, 400, { code: 2, reason }));
        expect(error).toMatchObject({ code, message: expect.stringMatching(message) as unknown });
        expect(error.message).toContain(`Agora's reason: ${reason}`);
        expect(error.message).not.toContain('names the field.');
      }
    },
  );

  it('without a reason still says what to do', () => {
    expect(callError('query', answered('query', 429, {}))).toMatchObject({
      code: 'AGORA_RATE_LIMITED',
      message: 'Agora counts more calls than it allows. Try again in a few seconds.',
      retryable: true,
    });
  });

  it('that was never answered says so, and has nothing of Agora', () => {
    const error = callError('acquire', {
      answered: false,
      operation: 'acquire',
      failure: 'unsent',
      message: 'No reply (ECONNREFUSED).',
    });
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true, agora: null });
    expect(error.message).toContain('ECONNREFUSED');
  });
});
