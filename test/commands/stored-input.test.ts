import { expect, it } from 'vitest';
import { INPUTS, storedInput } from '../../src/commands/start/stored-input.js';
import { type StoredAttempt } from '../../src/store/starts/attempts.js';

const input = { channel: 'lesson', uid: '7', config: { composite: { maxIdleTime: 60 } } };

function read(text: string | null) {
  const problems: string[] = [];
  const attempt = { recordingId: 'ours', input: text } as StoredAttempt;
  return { read: storedInput(attempt, ({ message }) => problems.push(message)), problems };
}

it('The input of a start is read as it was written, by this release or an earlier one', () => {
  expect(read(INPUTS.write(input))).toEqual({ read: input, problems: [] });
  expect(read(JSON.stringify(input))).toEqual({ read: input, problems: [] });
  expect(read(null)).toEqual({ read: null, problems: [] });
});

it.each([
  ['of a later release', JSON.stringify({ ...input, formVersion: 2 })],
  ['that is not JSON', '{"a-secret"'],
  ['without its channel', JSON.stringify({ formVersion: 1, uid: 'a-secret', config: {} })],
])('An input %s counts as not kept, and the problem names it without its content', (_what, text) => {
  const { read: found, problems } = read(text);
  expect(found).toBeNull();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('column input of table start_attempts, key ours');
  expect(problems[0]).not.toContain('a-secret');
});
