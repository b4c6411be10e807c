import { describe, expect, it } from 'vitest';
import { choiceOf, listsOf } from '../../../src/pages/console/change/subscription.js';

describe('The form of whose streams are recorded', () => {
  it.each([
    [null, null, { users: 'all', uids: '' }],
    [['#allstream#'], null, { users: 'all', uids: '' }],
    [['1', '2'], null, { users: 'only', uids: '1, 2' }],
    [null, ['3'], { users: 'except', uids: '3' }],
  ] as const)('shows the lists %j and %j as they are meant', (only, except, choice) => {
    expect(choiceOf(only, except)).toEqual(choice);
  });

  it('sends one list for each kind, and names all users', () => {
    expect(listsOf('audio', { users: 'all', uids: 'left over' })).toEqual({
      subscribeAudioUids: ['#allstream#'],
    });
    expect(listsOf('video', { users: 'only', uids: '1, 2 3,' })).toEqual({
      subscribeVideoUids: ['1', '2', '3'],
    });
    expect(listsOf('video', { users: 'except', uids: '9' })).toEqual({ unsubscribeVideoUids: ['9'] });
  });
});
