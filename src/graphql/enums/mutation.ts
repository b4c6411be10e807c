import { USER_ERRORS, type UserErrorCode } from '../../commands/user-errors.js';
import { defineEnum } from './define-enum.js';

export const MutationResult = defineEnum('MutationResult', 'The result of a mutation.', {
  OK: ['OK', 'It was done.'],
  USER_ERROR: ['USER_ERROR', 'It returned userErrors.'],
  ERROR: ['ERROR', 'It ended with a GraphQL error.'],
});

export const UserErrorCodes = defineEnum(
  'UserErrorCode',
  'Why a mutation did not succeed.',
  Object.fromEntries(
    Object.entries(USER_ERRORS).map(([code, { description }]) => [code, [code, description]]),
  ) as unknown as Record<UserErrorCode, readonly [UserErrorCode, string]>,
);

export const InputWarningCodes = defineEnum('InputWarningCode', 'What is wrong with a value of the input.', {
  NO_EFFECT: ['NO_EFFECT', "By Agora's documents the value has no effect in this case. Omit it."],
  TOKEN_EXPIRES_EARLY: [
    'TOKEN_EXPIRES_EARLY',
    'The token has expired, or ends the recording before it is 24 hours old and before its resource expires. It was sent.',
  ],
});
