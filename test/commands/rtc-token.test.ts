import { AccessToken } from 'agora-token/src/AccessToken.js';
import { AccessToken2, kRtcServiceType, ServiceRtc } from 'agora-token/src/AccessToken2.js';
import { describe, expect, it } from 'vitest';
import { mintRtcToken, rtcTokenExpiry } from '@agora-recording-gateway/agora/client/rtc-token';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { type StartInput } from '../../src/commands/start/start-input.js';
import { T0 } from '../recordings/observations.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { type CommandsUnderTest, commandsUnderTest, START, startOne } from '../support/commands.js';
import { refusal } from '../support/agora/scripted-agora.js';
import { waitFor } from '../support/wait-for.js';

const cleanUps = cleanUpAfterEach();

const APP_ID = '0123456789abcdef0123456789abcdef';
const CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b';
const HOUR = 3_600;
const NOW = Math.floor(T0 / 1000);

const withCertificate = () =>
  commandsUnderTest(cleanUps, { appId: APP_ID, appCertificate: new Secret(CERTIFICATE) });

/** What Agora's own package reads in a token. */
function decode(text: string) {
  const token = new AccessToken2('', '', 0, 0);
  expect(token.from_string(text)).toBe(true);
  const services = token.getServices(kRtcServiceType);
  return {
    isSigned: token.verifySignature(CERTIFICATE),
    appId: String(token.appId),
    issuedAt: token.issueTs,
    seconds: token.expire,
    services: services.map(({ __channel_name, __uid, __privileges }) => ({
      channel: String(__channel_name),
      uid: String(__uid),
      privileges: __privileges,
    })),
  };
}

/** A token of the caller's, made by Agora's package. */
function callersToken(issuedAt: number, seconds: number, joinSeconds = seconds): string {
  const token = new AccessToken2(APP_ID, CERTIFICATE, issuedAt, seconds);
  const service = new ServiceRtc('lesson', '1');
  service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, joinSeconds);
  token.add_service(service);
  return token.build();
}

/** One of the version 006, which earlier servers make. Times are Unix seconds. */
function legacyToken(until: number, joinUntil: number): string {
  const token = new AccessToken(APP_ID, CERTIFICATE, 'lesson', '1');
  token.ts = until;
  token.addPriviledge(2, NOW);
  token.addPriviledge(1, joinUntil);
  return token.build();
}

const PAGE: StartInput = {
  ...START,
  config: {
    web: {
      url: 'https://acme.example',
      audioProfile: 0,
      videoWidth: 640,
      videoHeight: 360,
      maxRecordingHour: 1,
    },
  },
};

interface Sent {
  operation: string;
  token: unknown;
}

/** The tokens that Agora was sent, with startParameter of acquire and with start. */
function sentTokens({ agora }: CommandsUnderTest): Sent[] {
  return agora.calls.map(({ operation, body }) => {
    const request = body.clientRequest as { token?: unknown; startParameter?: { token?: unknown } };
    return { operation, token: operation === 'acquire' ? request.startParameter?.token : request.token };
  });
}

describe('A start without a token, with a certificate', () => {
  it("is sent with a token for its channel and uid, which Agora's package reads and verifies", async () => {
    const test = await withCertificate();
    await startOne(test);
    const [acquire, start] = sentTokens(test);
    expect(start?.token).toBe(acquire?.token);
    expect(decode(start?.token as string)).toEqual({
      isSigned: true,
      appId: APP_ID,
      issuedAt: NOW,
      seconds: 24 * HOUR,
      services: [
        {
          channel: START.channel,
          uid: START.uid,
          privileges: { [ServiceRtc.kPrivilegeJoinChannel]: 24 * HOUR },
        },
      ],
    });
  });

  it('is sent with the token of the caller, if there is one', async () => {
    const test = await withCertificate();
    const token = callersToken(NOW, 24 * HOUR);
    await startOne(test, { token });
    expect(sentTokens(test).map((sent) => sent.token)).toEqual([token, token]);
  });

  it('is sent without one for a web page, which joins no channel', async () => {
    const test = await withCertificate();
    await startOne(test, PAGE);
    expect(sentTokens(test).map((sent) => sent.token)).toEqual([undefined, undefined]);
  });

  it('is sent without one if the gateway lacks the certificate', async () => {
    const test = await commandsUnderTest(cleanUps);
    await startOne(test);
    expect(sentTokens(test).map((sent) => sent.token)).toEqual([undefined, undefined]);
  });

  it('repeats the token that its resource was acquired with', async () => {
    const test = await withCertificate();
    const { resource } = await test.commands.acquireResource(START);
    test.advance(100_000);
    await startOne(test, { resourceId: resource?.resourceId ?? '' });
    const [acquire, start] = sentTokens(test);
    expect(decode(acquire?.token as string)).toMatchObject({ isSigned: true, issuedAt: NOW });
    expect(start?.token).toBe(acquire?.token);
  });
});

describe('A start with a token that the gateway made', () => {
  it('is stored without the token, and sent again with the same one by a later process', async () => {
    const test = await withCertificate();
    test.agora.answer('start', 'lost', 'lost', 'lost', 'lost', 'lost', 'lost', 'lost');
    const { recordingId } = await test.start(START);
    const id = recordingId ?? '';
    const first = sentTokens(test).at(-1)?.token;
    const attempt = await test.store.attempts.find(id);
    expect(JSON.parse(attempt?.input ?? '')).toMatchObject({ channel: START.channel, tokenIssuedAt: NOW });
    expect(JSON.stringify(attempt)).not.toContain(first);
    await test.commands.close();
    test.advance(60_000);
    const before = test.agora.count('start');
    const later = test.commandsOfNextProcess();
    await later.resume();
    await waitFor(() => test.agora.count('start') > before);
    expect(sentTokens(test).at(-1)).toEqual({ operation: 'start', token: first });
  });

  it('names it in no error, although Agora quotes it', async () => {
    const test = await withCertificate();
    const token = mintRtcToken(new Secret(CERTIFICATE), {
      appId: APP_ID,
      channel: START.channel,
      uid: START.uid,
      issuedAt: NOW,
    });
    test.agora.answer('start', refusal(400, 110, `token ${token} is wrong`));
    const { userErrors } = await test.start(START);
    expect(sentTokens(test).at(-1)?.token).toBe(token);
    expect(userErrors).toMatchObject([{ code: 'TOKEN_INVALID' }]);
    expect(userErrors[0]?.agora?.reason).toContain('is wrong');
    expect(JSON.stringify(userErrors)).not.toContain(token.slice(3, 23));
  });
});

describe('A token of the caller', () => {
  const warnings = async (test: CommandsUnderTest, input: Partial<StartInput>) => {
    const result = await test.start({ ...START, ...input });
    expect(result.userErrors).toEqual([]);
    return result.warnings;
  };

  it.each([
    ['for an hour', callersToken(NOW, HOUR), {}, /expires at .*ends the recording/],
    ['that has expired', callersToken(NOW - 2 * HOUR, HOUR), {}, /expired at .*cannot join/],
    ['that lets join for an hour only', callersToken(NOW, 24 * HOUR, HOUR), {}, /expires at/],
    ['of version 006 for an hour', legacyToken(NOW + HOUR, 0), {}, /expires at/],
    ['of version 006 to join for an hour', legacyToken(NOW + 24 * HOUR, NOW + HOUR), {}, /expires at/],
    [
      'for an hour, where the resource lasts longer',
      callersToken(NOW, HOUR),
      { resourceExpiredHours: 2 },
      /expires/,
    ],
  ])('%s is sent, with a warning', async (_what, token, more, message) => {
    const test = await commandsUnderTest(cleanUps);
    expect(await warnings(test, { token, ...more })).toEqual([
      { code: 'TOKEN_EXPIRES_EARLY', message: expect.stringMatching(message) as string, field: ['token'] },
    ]);
    expect(sentTokens(test).at(-1)?.token).toBe(token);
  });

  it.each([
    ['for a day', callersToken(NOW - HOUR, 24 * HOUR), {}],
    ['of version 006 for a day', legacyToken(NOW + 24 * HOUR, 0), {}],
    ['without an end of joining', callersToken(NOW, 24 * HOUR, 0), {}],
    ['for as long as its resource', callersToken(NOW, 2 * HOUR), { resourceExpiredHours: 2 }],
    ['that cannot be read', '007not-a-token', {}],
  ])('%s is sent without a warning', async (_what, token, more) => {
    const test = await commandsUnderTest(cleanUps);
    expect(await warnings(test, { token, ...more })).toEqual([]);
  });

  it('need not be sent where the gateway has the certificate, as the warning says', async () => {
    const [warning] = (await warnings(await withCertificate(), { token: callersToken(NOW, HOUR) })) ?? [];
    expect(warning?.message).toContain('Leave token out');
  });
});

it.each([
  '',
  '006',
  '006abc',
  `006${APP_ID}AAAA`,
  '007',
  `007${Buffer.from('not compressed').toString('base64')}`,
])('The text %j is not a token, so it has no expiry', (text) => {
  expect(rtcTokenExpiry(text)).toBeNull();
});
