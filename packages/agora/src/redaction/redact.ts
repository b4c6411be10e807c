import { SUB_SERVICE_STATUSES } from '../tables/service-status.js';
import { pageAddressParts, pushAddressParts } from './address.js';
import { FingerprintKey, type SecretFingerprint } from './fingerprint.js';
import { endOfString, isJson } from './json-strings.js';
import { isSecretProperty } from './labels.js';
import { findSecrets, SecretMatcher } from './matcher.js';
import { Pace, type Paced, runAtOnce, runInSlices } from './pace.js';
import { cutOut, REDACTED } from './range.js';

/** Cuts the secrets out of a text that came from outside. */
export type Redact = (text: string) => Promise<string>;

/** Properties that identify the recording of a message. A secret that occurs in one by chance must not garble it. */
const IDENTIFYING_PROPERTIES = new Set(['noticeId', 'cname', 'channelName', 'uid', 'sid', 'resourceId']);

/** A secret of this length does not occur by chance inside of a longer value. In UTF-16 code units. */
const SHORTEST_WITHIN_IDENTITY = 16;

/** A uid is a 32-bit number. A short secret may well be the same number. */
const UID = /^\d{1,10}$/;

/** Properties whose values are words of Agora's own; another value is a text like any other. */
const WORD_PROPERTIES = new Set([
  'serviceName',
  'state',
  'status',
  'uploadingStatus',
  'fileListMode',
  'trackType',
]);

const WORDS: ReadonlySet<string> = new Set([
  ...SUB_SERVICE_STATUSES.map(({ word }) => word),
  ...['init', 'inProgress', 'idle', 'exit', 'connecting', 'publishing', 'onhold', 'disconnected'],
  ...['uploaded', 'backuped', 'unknown', 'string', 'json', 'audio', 'video', 'audio_and_video'],
  ...['web_recorder_service', 'rtmp_publish_service', 'upload_service'],
]);

const PAGE_PROPERTIES = new Set(['url', 'image_url', 'backgroundImage', 'defaultUserBackgroundImage']);

/** A number, which may be the value of a property that holds secrets. */
const NUMBER = /-?\d[\d.eE+-]*/g;

function withoutCredentials(value: string, property: string): string {
  if (property.toLowerCase() === 'rtmpurl') return pushAddressParts(value).shown;
  return PAGE_PROPERTIES.has(property) ? pageAddressParts(value).shown : value;
}

/** Only a secret that is the whole value, or that is too long to be there by chance. */
function* redactIdentity(value: string, matcher: SecretMatcher, pace: Pace): Paced<string> {
  if (UID.test(value)) return value;
  const found = yield* findSecrets(value, matcher, pace);
  const echoed = found.filter(([from, to]) => to - from >= Math.min(SHORTEST_WITHIN_IDENTITY, value.length));
  return cutOut(value, echoed);
}

function* redactValue(value: string, property: string, matcher: SecretMatcher, pace: Pace): Paced<string> {
  if (isSecretProperty(property)) return value === '' ? value : REDACTED;
  if (IDENTIFYING_PROPERTIES.has(property)) return yield* redactIdentity(value, matcher, pace);
  if (WORD_PROPERTIES.has(property) && WORDS.has(value)) return value;
  const shown = withoutCredentials(value, property);
  return cutOut(shown, yield* findSecrets(shown, matcher, pace));
}

function isFollowedByColon(text: string, at: number): boolean {
  let next = at;
  while (/\s/.test(text.charAt(next))) next += 1;
  return text.charAt(next) === ':';
}

/** Replaces values where they stand, so that every other byte stays as it was. */
function* redactJson(text: string, matcher: SecretMatcher, pace: Pace): Paced<string> {
  const pieces: string[] = [];
  let property = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('"', at);
    const between = open < 0 ? text.slice(at) : text.slice(at, open);
    pieces.push(isSecretProperty(property) ? between.replace(NUMBER, JSON.stringify(REDACTED)) : between);
    if (open < 0) return pieces.join('');
    at = endOfString(text, open);
    const token = text.slice(open, at);
    const value = JSON.parse(token) as string;
    let redacted: string;
    if (isFollowedByColon(text, at)) {
      property = value;
      redacted = cutOut(value, yield* findSecrets(value, matcher, pace));
    } else redacted = yield* redactValue(value, property, matcher, pace);
    pieces.push(redacted === value ? token : JSON.stringify(redacted));
    if (pace.spend(between.length + token.length)) yield;
  }
}

function* redact(text: string, matcher: SecretMatcher): Paced<string> {
  const pace = new Pace();
  return isJson(text)
    ? yield* redactJson(text, matcher, pace)
    : cutOut(text, yield* findSecrets(text, matcher, pace));
}

const NO_SECRETS = new SecretMatcher(new FingerprintKey(''), []);

/**
 * Cuts secrets out of a text: the properties that hold secrets by Agora's documents, and credentials in addresses.
 * Everything else stays byte for byte as it was received.
 */
export function redactText(text: string): string {
  return runAtOnce(redact(text, NO_SECRETS));
}

/**
 * Cuts out what `redactText` does, and the values that have these fingerprints, wherever and however they are spelled.
 * Works in slices, so that a large text does not hold up the process.
 */
export function createRedact(key: FingerprintKey, fingerprints: Iterable<SecretFingerprint>): Redact {
  const matcher = new SecretMatcher(key, fingerprints);
  return (text) => runInSlices(redact(text, matcher));
}
