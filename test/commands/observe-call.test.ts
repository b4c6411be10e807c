import { describe, expect, it } from 'vitest';
import { readReply } from '@agora-recording-gateway/agora/client/reply';
import { observeCall } from '../../src/commands/query/observe-call.js';
import { contradictedByHistory } from '../../src/recordings/contradictions.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { begun, CHANNEL, RESOURCE_ID, SID, T0, UID } from '../recordings/observations.js';

const PLACE = { channel: CHANNEL, uid: UID };

function observed(operation: 'query' | 'stop' | 'update', body: object) {
  const raw = JSON.stringify(body);
  const { reply } = readReply(raw);
  const result = { answered: true, operation, httpStatus: 200, requestId: null, raw, reply } as const;
  const about = { id: 'o', appId: 'app', recordingId: 'recording', place: PLACE, source: 'POLL' } as const;
  return observeCall(result, { ...about, askedAt: T0 + 9_000, receivedAt: T0 + 9_000 });
}

const names = { sid: SID, resourceId: RESOURCE_ID };
const serverResponse = { status: 5 };

describe('A reply with the sid of the recording that was asked for', () => {
  it.each([
    ['query', { cname: 'another', uid: UID }, 'channel another.'],
    ['query', { cname: CHANNEL, uid: 7 }, 'uid 7.'],
    ['stop', { cname: 'another', uid: '7' }, 'channel another, uid 7.'],
    ['update', { uid: '7' }, 'uid 7.'],
  ] as const)('is taken, and to %s with %j is a problem and a contradiction', (operation, place, words) => {
    const observation = observed(operation, { ...names, ...place, serverResponse });
    expect(contradictedByHistory(begun(), observation)).toEqual(['namesAgree']);
    const { problems, serviceStatusCode, channel, uid, sid } = recordingOf(begun(observation));
    expect(problems).toMatchObject([{ code: 'REPLY_NAMES_ANOTHER_CHANNEL' }]);
    expect(problems[0]?.message).toContain(words.replace('.', ''));
    expect({ serviceStatusCode, channel, uid, sid }).toEqual({
      ...{ serviceStatusCode: operation === 'stop' ? null : 5, channel: CHANNEL, uid: UID, sid: SID },
    });
  });

  it.each([{ cname: CHANNEL, uid: UID }, { cname: CHANNEL, uid: Number(UID) }, {}])(
    'is none where it names the place as %j',
    (place) => {
      const observation = observed('query', { ...names, ...place, serverResponse });
      expect(contradictedByHistory(begun(), observation)).toEqual([]);
      expect(recordingOf(begun(observation)).problems).toEqual([]);
    },
  );
});

it('A reply that names another channel and no sid changes nothing but is a problem', () => {
  const observation = observed('query', { cname: 'another', serverResponse });
  expect(observation.content).toMatchObject({ kind: 'no-reply', named: { channel: 'another' } });
  const { problems, serviceStatusCode } = recordingOf(begun(observation));
  expect(problems).toMatchObject([{ code: 'REPLY_NAMES_ANOTHER_RECORDING' }]);
  expect(serviceStatusCode).toBeNull();
});
