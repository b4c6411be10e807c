import { describe, expect, it } from 'vitest';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { USER_ERRORS } from '../../src/commands/user-errors.js';
import { errorCatalogue } from '../../src/graphql/error-catalogue.js';
import { GRAPHQL_ERRORS } from '../../src/graphql/errors.js';

function row(code: string): string[] {
  const line = errorCatalogue()
    .split('\n')
    .find((each) => each.startsWith(`| \`${code}\` |`));
  return (line ?? '').split('|').map((cell) => cell.trim());
}

describe('The catalogue of errors', () => {
  it('has a row for each code, with what it means, what to do and whether to try again', () => {
    for (const [code, { description, retryable }] of Object.entries({ ...GRAPHQL_ERRORS, ...USER_ERRORS })) {
      expect(row(code)).toEqual(expect.arrayContaining([description, retryable ? 'yes' : 'no']));
      expect(description, code).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('names the replies that lead to a code, and none that lead elsewhere', () => {
    expect(row('TASK_CONFLICT')[4]).toBe('start 400/53');
    expect(row('TOKEN_INVALID')[4]).toBe('start 400/109, 400/110');
    expect(row('AGORA_CREDENTIALS_INVALID')[4]).toBe('any call 401');
    // A stop of a recording that is already ending is not an error, and an unconfirmed stop has its own code.
    expect(replyMeaning('stop', 400, 49).name).toBe('ALREADY_STOPPING');
    expect(row('ALREADY_STOPPING')[4]).not.toContain('stop 400/49');
    expect(row('STOP_IN_DOUBT')[4]).toContain('stop 206/65');
    expect(row('AGORA_UNAVAILABLE')[4]).not.toContain('stop');
    expect(row('INVALID_PARAMETER')[4]).toBe('');
  });
});
