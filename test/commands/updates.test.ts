import { describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { commandsUnderTest, startOne } from '../support/commands.js';
import { NOT_FOUND, refusal } from '../support/agora/scripted-agora.js';

const cleanUps = cleanUpAfterEach();

const PAGE = {
  url: 'https://lessons.example/7',
  audioProfile: 0,
  videoWidth: 640,
  videoHeight: 360,
  maxRecordingHour: 1,
};

describe('An update', () => {
  it('sends the lists of the subscription under the names that Agora gives them', async () => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test);
    const change = { streams: { subscribeAudioUids: ['7'], unsubscribeVideoUids: ['8'] } };
    const { userErrors } = await test.commands.updateRecording({ recordingId, change });
    expect(userErrors).toEqual([]);
    expect(test.agora.calls.at(-1)).toMatchObject({
      operation: 'update',
      resourceId: 'resource-1',
      body: {
        cname: 'lesson',
        uid: '1',
        clientRequest: {
          streamSubscribe: {
            audioUidList: { subscribeAudioUids: ['7'] },
            videoUidList: { unSubscribeVideoUids: ['8'] },
          },
        },
      },
    });
  });

  it('of subscription and storage together is one request', async () => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test);
    const change = { streams: { subscribeAudioUids: ['7'] }, storageCredentials: { profile: 'main' } };
    const { userErrors } = await test.commands.updateRecording({ recordingId, change });
    expect(userErrors).toEqual([]);
    expect(test.agora.count('update')).toBe(1);
    const sent = test.agora.calls.at(-1)?.body.clientRequest as object;
    expect(Object.keys(sent)).toContain('streamSubscribe');
    expect(JSON.stringify(sent)).toContain('storage-secret');
  });

  it('that changes nothing is refused before Agora is asked', async () => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test);
    const { userErrors } = await test.commands.updateRecording({ recordingId, change: {} });
    expect(userErrors).toMatchObject([{ code: 'INVALID_PARAMETER', field: ['change'] }]);
    expect(test.agora.count('update')).toBe(0);
  });

  it('of what its mode does not have is refused with the part to use instead', async () => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test, { config: { web: PAGE } });
    const change = { streams: { subscribeAudioUids: ['7'] } };
    const { userErrors } = await test.commands.updateRecording({ recordingId, change });
    expect(userErrors).toMatchObject([{ code: 'INVALID_PARAMETER', field: ['change', 'streams'] }]);
    expect(userErrors[0]?.message).toContain('change.web');
    expect(test.agora.count('update')).toBe(0);
  });

  it('pauses a web page recording', async () => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test, { config: { web: PAGE } });
    await test.commands.updateRecording({ recordingId, change: { web: { paused: true } } });
    expect(test.agora.calls.at(-1)?.body.clientRequest).toEqual({ webRecordingConfig: { onhold: true } });
  });

  it('of a recording that has ended is not sent', async () => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test);
    await test.commands.stopRecording({ recordingId, waitSeconds: 25 });
    const change = { streams: { subscribeAudioUids: ['7'] } };
    const { userErrors } = await test.commands.updateRecording({ recordingId, change });
    expect(userErrors.map(({ code }) => code)).toEqual(['RECORDING_ENDED']);
    expect(test.agora.count('update')).toBe(0);
  });

  it.each([
    { reply: refusal(400, 2), code: 'AGORA_PARAMETER_INVALID' },
    { reply: NOT_FOUND, code: 'RECORDING_NOT_FOUND' },
    { reply: 'lost' as const, code: 'UPSTREAM_UNAVAILABLE' },
  ])('that is answered with $code is not sent again', async ({ reply, code }) => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test);
    test.agora.answer('update', reply);
    const change = { streams: { subscribeAudioUids: ['7'] } };
    const { userErrors } = await test.commands.updateRecording({ recordingId, change });
    expect(userErrors.map((error) => error.code)).toEqual([code]);
    expect(test.agora.count('update')).toBe(1);
  });
});

describe('Updates of one recording', () => {
  it('are sent one after the other, in the order in which they were asked for', async () => {
    const test = await commandsUnderTest(cleanUps);
    const recordingId = await startOne(test);
    let inFlight = 0;
    let most = 0;
    const uids = ['1', '2', '3', '4'];
    for (const operation of ['update', 'updateLayout'] as const) {
      test.agora.onCall(operation, async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inFlight -= 1;
      });
    }
    await Promise.all([
      ...uids.map((uid) =>
        test.commands.updateRecording({
          recordingId,
          change: { streams: { subscribeAudioUids: [uid] } },
        }),
      ),
      test.commands.updateLayout({ recordingId, mixedVideoLayout: 1 }),
    ]);
    expect(most).toBe(1);
    const sent = test.agora.calls
      .filter(({ operation }) => operation === 'update')
      .map(({ body }) => JSON.stringify(body));
    expect(sent.map((text) => /subscribeAudioUids":\["(\d)"/.exec(text)?.[1])).toEqual(uids);
  });
});
