import { describe, expect, it } from 'vitest';
import { KeyTakenError } from '../../src/store/starts/attempts.js';
import { CursorExpiredError, CursorInvalidError } from '../../src/store/reads/cursor.js';
import { fromData, toData } from '../../src/store/thread/engine-rpc.js';
import {
  OtherAgoraError,
  StoreHeldError,
  StoreSlowError,
  StoreUnavailableError,
} from '../../src/store/errors.js';

/** As a message goes from one thread to another. */
function crossed(thrown: unknown): unknown {
  return fromData(structuredClone(toData({ e: thrown }))).e;
}

describe('an error that crosses from one thread to another', () => {
  it.each([
    new CursorExpiredError('oldest'),
    new CursorInvalidError(),
    new KeyTakenError(),
    new OtherAgoraError(['one'], ['another']),
    new StoreHeldError('file', 'process 1'),
    new StoreSlowError(new Error('57014')),
    new StoreUnavailableError(new Error('disk full')),
  ])('is what it was, with all that callers look at: $constructor.name', (error) => {
    const arrived = crossed(error) as Error;
    expect(arrived).toBeInstanceOf(error.constructor);
    expect(arrived).toMatchObject({ ...error, message: error.message, stack: error.stack });
  });

  it('is an error with its message where its class says nothing to callers', () => {
    const arrived = crossed(new RangeError('too far')) as Error;
    expect(arrived).toBeInstanceOf(Error);
    expect(arrived.message).toBe('too far');
  });

  it('reveals no more by its cause than by its message: a cause may hold secrets', () => {
    const error = new StoreUnavailableError(Object.assign(new Error('gone'), { password: 'secret' }));
    expect(JSON.stringify(crossed(error))).not.toContain('secret');
    expect((crossed(error) as Error).cause).toBeUndefined();
  });

  it('that says nothing of an error is left as it is', () => {
    expect(fromData(toData({ r: 1 } as object))).toEqual({ r: 1 });
  });
});
