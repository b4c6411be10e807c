import { describe, expect, it } from 'vitest';
import {
  type LifeCall,
  type LifeEvent,
  lifeOf,
  type LifeSource,
} from '../../../src/pages/console/life/life.js';

const START = Date.parse('2026-01-01T10:00:00.000Z');
const after = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

let nextId = 0;
function event(seconds: number, type: string, more: Partial<LifeEvent> = {}): LifeEvent {
  nextId += 1;
  const plain = {
    id: String(nextId),
    type,
    occurredAt: after(seconds),
    title: type,
    detail: '',
    proves: null,
  };
  return { ...plain, ...more };
}

function lane(given: Partial<LifeSource>, name: string) {
  const source: LifeSource = {
    ...{ phase: 'RECORDING', startedAt: after(0), endedAt: null, observedAt: after(60) },
    ...{ events: [], calls: [], files: [] },
    ...given,
  };
  return lifeOf(source).lanes.find((each) => each.name === name);
}

describe("The picture of a recording's life", () => {
  it('draws each phase from its earliest proof to that of the next, whatever the order of the events', () => {
    const events = [
      event(50, 'RECORDER_LEAVE', { proves: 'UPLOADING' }),
      event(9, 'RECORDER_SLICE_START', { proves: 'RECORDING' }),
      event(5, 'RECORDER_STARTED', { proves: 'RECORDING' }),
      event(58, 'UPLOADED', { proves: 'ENDED' }),
    ];
    const phases = lane({ events, phase: 'COMPLETED', endedAt: after(58) }, 'Phase');
    expect(
      phases?.spans.map(({ tone, from, to }) => [tone, (from - START) / 1_000, (to - START) / 1_000]),
    ).toEqual([
      ['STARTING', 0, 5],
      ['RECORDING', 5, 50],
      ['UPLOADING', 50, 58],
    ]);
    expect(phases?.spans[1]?.text).toBe('Recording, proven by RECORDER_STARTED');
    expect(phases?.marks).toEqual([{ at: START + 58_000, tone: 'plain', text: 'Completed' }]);
  });

  it('draws when each stream of a user was received, to the end where nothing ended it', () => {
    const stream = (kind: 'audio' | 'video', isOn: boolean) => ({ stream: { uid: '7', kind, isOn } });
    const events = [
      event(10, 'A', stream('audio', true)),
      event(12, 'V', stream('video', true)),
      event(12, 'V', stream('video', true)),
      event(20, 'V', stream('video', false)),
    ];
    const spans = lane({ events }, 'uid 7')?.spans;
    expect(spans?.map(({ tone, from, to }) => [tone, (from - START) / 1_000, (to - START) / 1_000])).toEqual([
      ['audio', 10, 60],
      ['video', 12, 20],
    ]);
  });

  it('shows for how long a call waited for its permit, and that it failed', () => {
    const call: LifeCall = {
      ...{ id: '1', name: 'Query', why: 'heartbeat', result: 'HTTP 500', isFailure: true },
      ...{ requestedAt: after(30), sentAt: after(32), answeredAt: after(33) },
    };
    const calls = lane({ calls: [call] }, 'Calls');
    expect(calls?.spans.map(({ tone }) => tone)).toEqual(['wait', 'call']);
    expect(calls?.marks).toEqual([
      {
        at: START + 32_000,
        tone: 'failure',
        text: 'Query, heartbeat: HTTP 500, waited 2.00 s for a permit',
      },
    ]);
  });

  it('shows gaps and outages, and leaves out what there was not', () => {
    const events = [
      event(20, 'SEQUENCE_GAP', { title: 'Missing', detail: '4 to 6' }),
      event(40, 'CLOCK', { outage: { from: after(-100), to: after(40) } }),
    ];
    expect(lane({ events }, 'Gaps')?.marks[0]?.text).toBe('Missing: 4 to 6');
    expect(lane({ events }, 'Outages')?.spans[0]).toMatchObject({ from: START, to: START + 40_000 });
    expect(lane({ events }, 'Files')).toBeUndefined();
  });

  it('counts the users for whom there is not enough room', () => {
    const events = Array.from({ length: 20 }, (_, index) =>
      event(10, 'A', { stream: { uid: String(index), kind: 'audio', isOn: true } }),
    );
    expect(lane({ events }, 'and 8 more users')).toBeDefined();
  });
});
