import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { startSandbox } from 'agora-recording-sandbox';
import { ASSUMPTION_NAMES, type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import { readReply } from '@agora-recording-gateway/agora/client/reply';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { type Answer } from '../../src/checks/live/answers.js';
import { type LiveOptions, type LiveReport, verifyLive } from '../../src/checks/live/verify-live.js';
import { askSandbox } from '../../src/settings/sandbox-connection.js';
import { run, temporaryDirectory } from '../support/processes.js';

/** Time of the sandbox and of the series, as a multiple of real time. */
const SPEED = 20;

const CHANNEL = 'verify-live';

async function recordingsOf(url: string): Promise<{ sid: string; status: number }[]> {
  const { recordings } = (await (await fetch(`${url}/sandbox/recordings`)).json()) as {
    recordings: { sid: string; status: number }[];
  };
  return recordings;
}

const put = async (address: string, body: object) =>
  await fetch(address, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Statuses from 6 on are those of an end. */
const isRunning = ({ status }: { status: number }) => status < 6;

/**
 * For how long the files of the first recording are uploaded, which is longer than Agora waits with its reply to a stop, and those of
 * the second one, which is observed while it ends. Otherwise they would have ended by then on a busy machine. Sandbox time.
 */
const UPLOADS_MS = [60_000, 600_000];

async function slowUpload(url: string): Promise<void> {
  const recordings = await recordingsOf(url);
  const uploadMs = UPLOADS_MS[recordings.length - 1];
  if (uploadMs === undefined) return;
  for (const { sid } of recordings.filter(isRunning)) {
    await put(`${url}/sandbox/recordings/${sid}`, { uploadMs });
  }
}

/** A sandbox with a publisher in its channel, closed after the test. Returns its address. */
async function openSandbox(
  { onTestFinished }: TestContext,
  falseAssumptions: AssumptionName[],
): Promise<string> {
  const sandbox = await startSandbox({ speed: SPEED, callsPerSecond: 1_000, falseAssumptions });
  onTestFinished(() => sandbox.close());
  const publishers = [{ uid: '71', audio: true, video: true }];
  await put(`${sandbox.url}/sandbox/channels/${CHANNEL}`, { publishers });
  return sandbox.url;
}

async function optionsFor(url: string): Promise<LiveOptions> {
  const { customerId, customerSecret, project, storageProfile } = await askSandbox(url);
  return {
    baseUrl: url,
    credentials: { customerId, customerSecret },
    appId: project.appId,
    certificate: null,
    profile: storageProfile,
    channel: CHANNEL,
    hasUsers: true,
    pageUrl: 'https://example.com/lesson',
    async pause(milliseconds) {
      await slowUpload(url);
      await sleep(milliseconds / SPEED);
    },
    now: Date.now,
    signal: new AbortController().signal,
  };
}

/** Runs the series, and counts what still runs afterwards. */
async function verifySandbox(
  test: TestContext,
  falseAssumptions: AssumptionName[],
): Promise<LiveReport & { running: number }> {
  const url = await openSandbox(test, falseAssumptions);
  const report = await verifyLive(await optionsFor(url));
  return { ...report, running: (await recordingsOf(url)).filter(isRunning).length };
}

const withVerdict = (answers: readonly Answer[], verdict: string) =>
  answers.filter((answer) => answer.verdict === verdict).map(({ name }) => name);

/** What the series can show of a sandbox. */
const SHOWN: AssumptionName[] = [
  'sliceStartTimeIsMilliseconds',
  'webFilesSayFilename',
  'fileListIsArray',
  'individualAnswersJson',
  'alreadyStartedLacksSid',
  'alreadyStartedSaysReason',
  'successHasNoCode',
  'repliesNameChannelAndUid',
  'namesHaveDocumentedCase',
  'valuesHaveDocumentedTypes',
  'listsAreArrays',
  'servicesHaveNames',
  'namesAgree',
  'notFoundSaysReason',
  'webStopSaysPayload',
  'lateStopIsPartial',
  'lateStopSaysCode',
  'queryHasNoSubServiceStatus',
  'answeredStopEndsTask',
  'secondStopIsInvalid',
  'queryWhileEndingTellsStatus',
  'contentTypeIsRequired',
  'otherModesPropertiesAreIgnored',
  'subscribeUidGroupIsOptional',
  'channelTypeIsOptional',
  'individualMakesNoMp4',
  'mismatchSaysRequestHash',
  'startRepeatsStartParameter',
];

it('What Agora answers as documented is found to hold, the rest is said not to be seen, and nothing runs on', async (test) => {
  const { answers, failures, calls, running, recordedMs, captures } = await verifySandbox(test, []);
  expect(failures).toEqual([]);
  expect(withVerdict(answers, 'contradicted')).toEqual([]);
  expect(withVerdict(answers, 'holds')).toEqual(expect.arrayContaining(SHOWN));
  expect(running).toBe(0);
  expect(recordedMs).toBeGreaterThan(0);
  expect(calls).toBeLessThanOrEqual(45);
  expect(captures).toHaveLength(calls);
});

/** Other claims that a reply contradicts as well, because it shows both. */
const ALSO: Partial<Record<AssumptionName, AssumptionName[]>> = {
  namesHaveDocumentedCase: ['webFilesSayFilename'],
};

// Each series waits most of the time.
it.concurrent.for(SHOWN)(
  '%s is found to be contradicted by a sandbox in which it is false',
  async (name, test) => {
    const { answers, failures, running } = await verifySandbox(test, [name]);
    expect(failures).toEqual([]);
    const contradicted = withVerdict(answers, 'contradicted').filter((each) => !ALSO[name]?.includes(each));
    expect(contradicted).toEqual([name]);
    expect(running).toBe(0);
  },
);

it('A series that is ended early stops what it has started', async (test) => {
  const ending = new AbortController();
  const sandbox = await openSandbox(test, []);
  const ended = verifyLive({
    ...(await optionsFor(sandbox)),
    async pause() {
      if ((await recordingsOf(sandbox)).length === 1) ending.abort(new Error('ended'));
    },
    signal: ending.signal,
  });
  await expect(ended).rejects.toThrow('ended');
  expect((await recordingsOf(sandbox)).filter(isRunning)).toEqual([]);
});

it('A key that Agora refuses ends each part with what Agora said, after one call each', async (test) => {
  const sandbox = await openSandbox(test, []);
  const options = await optionsFor(sandbox);
  const credentials = { ...options.credentials, customerSecret: new Secret('wrong') };
  const { answers, failures, calls } = await verifyLive({ ...options, credentials });
  expect(failures[0]).toMatch(/^The life of a recording: acquire: 401/);
  expect(failures).toHaveLength(3);
  expect(calls).toBeLessThanOrEqual(4);
  expect(withVerdict(answers, 'holds')).toEqual([]);
});

describe('The captures of a series', () => {
  it('hold no secret and nothing that names the account, and are read as the replies were', async (test) => {
    const url = await openSandbox(test, []);
    const options = await optionsFor(url);
    const { captures } = await verifyLive(options);
    const { accessKey, secretKey } = await options.profile.credentials();
    const { appId, credentials } = options;
    const secrets = [accessKey, secretKey, credentials.customerSecret].map((secret) => secret.reveal());
    for (const { text } of captures) {
      for (const hidden of [...secrets, credentials.customerId, appId]) expect(text).not.toContain(hidden);
    }
    const replies = captures.map(
      ({ text }) => JSON.parse(text) as { reply: { status: number; body: object } },
    );
    for (const { reply } of replies) {
      expect(readReply(JSON.stringify(reply.body)).contradicted).toEqual([]);
    }
    expect(captures.map(({ fileName }) => fileName).slice(0, 3)).toEqual([
      '01-acquire.json',
      '02-start.json',
      '03-start.json',
    ]);
  });
});

/** Runs the command against a sandbox, as an operator does against Agora. */
async function command(
  test: TestContext,
  args: string[],
): Promise<{ code: unknown; output: string; folder: string }> {
  const url = await openSandbox(test, []);
  const { credentials, appId, profile } = await optionsFor(url);
  const { accessKey, secretKey } = await profile.credentials();
  const directory = temporaryDirectory();
  test.onTestFinished(() => directory.remove());
  const { vendor, region, bucket } = profile;
  const keys = { accessKey: accessKey.reveal(), secretKey: secretKey.reveal() };
  const config = join(directory.path, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({ storageProfiles: [{ name: 'main', vendor, region, bucket, ...keys }] }),
  );
  const env = {
    AGORA_APP_ID: appId,
    AGORA_CUSTOMER_ID: credentials.customerId,
    AGORA_CUSTOMER_SECRET: credentials.customerSecret.reveal(),
    AGORA_API_URLS: url,
    GATEWAY_CONFIG: config,
  };
  const running = run('dist/cli.js', env, directory.path, [], ['verify-live', ...args]);
  return { code: await running.exited, output: running.output(), folder: directory.path };
}

describe('The command verify-live', () => {
  it('prints an answer for each assumption, and writes the captures', async (test) => {
    const { code, output, folder } = await command(test, ['--captures', 'captures']);
    expect({ code, output }).toMatchObject({ code: 0 });
    for (const name of ASSUMPTION_NAMES) expect(output).toMatch(new RegExp(`^${name} +(holds|unseen) `, 'm'));
    const [, calls] = /(\d+) calls, \d+ s of recording\./.exec(output) ?? [];
    expect(readdirSync(join(folder, 'captures'))).toHaveLength(Number(calls));
  });

  it.for([
    { args: ['--storage', 'other'], reason: 'The settings have no storage profile other, but: main.' },
    { args: ['--app-id', 'f'.repeat(32)], reason: 'The settings have no project' },
    { args: ['--captures', '.'], reason: '. is not empty. Name a new directory.' },
  ])('refuses $args with 78 before any call', async ({ args, reason }, test) => {
    const { code, output } = await command(test, args);
    expect({ code, output }).toMatchObject({ code: 78 });
    expect(output).toContain(`verify-live failed: ${reason}`);
  });
});
