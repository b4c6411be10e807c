import { describe, expect, it } from 'vitest';
import {
  bounded,
  byName,
  type ByName,
  entriesOf,
  sizeOf,
  valueOf,
  valuesByName,
  withValue,
} from '../../src/recordings/by-name.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { begun, notification, queried } from './observations.js';

/** Names that plain objects inherit, or treat specially. */
const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

describe('values by name', () => {
  it.each(INHERITED)('have no value named %s until it is set', (name) => {
    expect(valueOf(byName(), name)).toBeUndefined();
    expect(valueOf(byName([['a', 1]]), name)).toBeUndefined();
  });

  it.each(INHERITED)('keep a value named %s through copies, JSON and threads', (name) => {
    const set = withValue(withValue(byName<number>(), name, 1), 'a', 2);
    const copies = [set, byName(entriesOf(set)), JSON.parse(JSON.stringify(set)), structuredClone(set)];
    for (const copy of copies as ByName<number>[]) {
      expect(valueOf(copy, name)).toBe(1);
      expect(entriesOf(copy)).toHaveLength(2);
      expect(valuesByName(withValue(copy, name, 3))).toContain(3);
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    }
  });

  it('keep the smallest names when there are too many', () => {
    const all = byName(INHERITED.map((name) => [name, name]));
    const kept = bounded(all, 3);
    expect(sizeOf(kept)).toBe(3);
    expect(valuesByName(kept)).toEqual([...INHERITED].sort().slice(0, 3));
    expect(bounded(all, INHERITED.length)).toBe(all);
  });
});

// A uid or file named like a member of Object.prototype was acknowledged, and its recording lost.
describe.each(INHERITED)('a recording whose names are %s', (name) => {
  it('counts the notifications of that recorder', () => {
    const { delivery } = recordingOf(
      begun(
        notification(40, {}, { uid: name, sequence: 0 }),
        notification(42, {}, { uid: name, sequence: 2 }),
      ),
    );
    expect(delivery).toMatchObject({
      received: 2,
      missingCount: 1,
      missing: [{ recorderUid: name, from: 1, to: 1 }],
    });
  });

  it('shows its file, its stream, its service and its push', () => {
    const state = begun(
      notification(3, { status: 5, fileList: [{ fileName: name, trackType: 'audio', uid: name }] }),
      notification(43, { streamUid: name, state: 0, UtcMs: 1 }),
      notification(100, { rtmpUrl: name, status: 'publishing' }),
      queried(5, {
        response: {
          extensionServiceState: [
            { serviceName: name, payload: { state: 'on' } },
            { serviceName: 'rtmp_publish_service', payload: { outputs: [{ rtmpUrl: name }] } },
          ],
        },
      }),
    );
    const recording = recordingOf(state);
    expect(recording.files).toMatchObject([{ fileName: name, uid: name }]);
    expect(recording.streams).toMatchObject([{ uid: name, audio: true }]);
    expect(recording.extensionServices.map(({ serviceName }) => serviceName)).toContain(name);
    expect(valueOf(state.pushes, name)?.value).toBe('publishing');
  });
});
