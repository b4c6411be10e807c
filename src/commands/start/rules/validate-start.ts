import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { isUid, signedUidHint } from '@agora-recording-gateway/agora/parameters/formats';
import { RESOURCE_PARAMETERS, START_PARAMETERS } from '@agora-recording-gateway/agora/parameters/resource';
import { CANVAS_RULES, COMPOSITE_RULES } from './composite-rules.js';
import { withControlCharacters } from './control-characters.js';
import { INDIVIDUAL_RULES } from './individual-rules.js';
import { LAYOUT_RULES } from './layout-rules.js';
import { validateMetadata } from './metadata-rules.js';
import { check, isWeb, type Rule, WEB_SCENE } from './rules.js';
import {
  type AcquireInput,
  type PlaceInput,
  type RecordingConfigInput,
  type StartInput,
} from '../start-input.js';
import { type UserError } from '../../user-errors.js';
import { WEB_RULES } from './web-rules.js';

type Place = PlaceInput & { config?: RecordingConfigInput | null; scene?: number | null };

const CHANNEL_CHARACTERS = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]*$/;

const CHANNEL_RULE =
  'channel must be 1 to 63 bytes of letters, digits, spaces and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,';

/** The first character that no channel name has, visibly; null if there is none. */
function wrongCharacter(channel: string): string | null {
  const found = [...channel].find((character) => !CHANNEL_CHARACTERS.test(character));
  if (found === undefined) return null;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /^[\p{Z}\p{C}\p{M}]$/u.test(found) ? `U+${code}` : `${found} (U+${code})`;
}

function channelMessage({ channel }: Place): string {
  const wrong = wrongCharacter(channel);
  if (wrong !== null) return `${CHANNEL_RULE} This one has ${wrong}.`;
  const bytes = Buffer.byteLength(channel);
  return bytes > MAX_CHANNEL_BYTES ? `${CHANNEL_RULE} This one has ${bytes} bytes.` : CHANNEL_RULE;
}

const UID_RULE =
  "uid must be an integer from 1 to 4294967295, written as text: the recording's own, which no other user of the channel has.";

/** A channel that is joined; of a page recording it is only a name. */
const MAX_CHANNEL_BYTES = 63;
const MAX_WEB_CHANNEL_BYTES = 1024;

/** What acquire and start share. */
export const PLACE_RULES: readonly Rule<Place>[] = [
  {
    field: ['channel'],
    message: channelMessage,
    broken: (input) =>
      !isWeb(input) &&
      (input.channel === '' ||
        !CHANNEL_CHARACTERS.test(input.channel) ||
        Buffer.byteLength(input.channel) > MAX_CHANNEL_BYTES),
  },
  {
    field: ['channel'],
    message: 'channel must be 1 to 1024 bytes.',
    broken: (input) =>
      isWeb(input) && (input.channel === '' || Buffer.byteLength(input.channel) > MAX_WEB_CHANNEL_BYTES),
  },
  {
    field: ['uid'],
    message: ({ uid }) => UID_RULE + signedUidHint(uid),
    broken: ({ uid }) => !isUid(uid),
  },
  ...boundRules(RESOURCE_PARAMETERS),
  ...boundRules(START_PARAMETERS),
  {
    field: ['storage'],
    message: 'Give the name of a storage profile, or storageConfig, not both.',
    broken: ({ storage, storageConfig }) => storage != null && storageConfig != null,
  },
];

/** A resource id is text that is safe in a path (docs/agora/starting-and-stopping.md). */
const RESOURCE_ID = /^[A-Za-z0-9_-]{1,1024}$/;

export function isResourceId(text: string): boolean {
  return RESOURCE_ID.test(text);
}

export const START_RULES: readonly Rule<StartInput>[] = [
  {
    field: ['idempotencyKey'],
    message: 'idempotencyKey must be 1 to 255 characters.',
    broken: ({ idempotencyKey }) =>
      idempotencyKey != null && (idempotencyKey.length === 0 || idempotencyKey.length > 255),
  },
  {
    field: ['resourceId'],
    message: 'resourceId must be one that acquireResource gave.',
    broken: ({ resourceId }) => resourceId != null && !isResourceId(resourceId),
  },
];

export const ACQUIRE_RULES: readonly Rule<AcquireInput>[] = [
  {
    field: ['scene'],
    message:
      'scene must fit config: WEB_PAGE for a page, REAL_TIME for the others. Leave it out, and it follows from config.',
    broken: ({ scene, config }) =>
      scene != null && config != null && (scene === WEB_SCENE) !== (config.web != null),
  },
];

function checkConfig({ individual, composite, web }: RecordingConfigInput): UserError[] {
  const errors: UserError[] = [];
  if (individual != null) errors.push(...check(INDIVIDUAL_RULES, individual, ['config', 'individual']));
  if (composite != null) {
    errors.push(...check(COMPOSITE_RULES, composite, ['config', 'composite']));
    const layout = composite.transcodingConfig ?? {};
    const at = ['config', 'composite', 'transcodingConfig'];
    errors.push(...check(CANVAS_RULES, layout, at), ...check(LAYOUT_RULES, layout, at));
  }
  if (web != null) errors.push(...check(WEB_RULES, web, ['config', 'web']));
  return errors;
}

/** All that Agora would refuse of a start, before it is asked. */
export function validateStart(input: StartInput): UserError[] {
  return withControlCharacters(input, [
    ...check(PLACE_RULES, input, []),
    ...check(START_RULES, input, []),
    ...checkConfig(input.config),
    ...validateMetadata(input.metadata ?? [], ['metadata']),
  ]);
}

export function validateAcquire(input: AcquireInput): UserError[] {
  const config = input.config == null ? [] : checkConfig(input.config);
  return withControlCharacters(input, [
    ...check(PLACE_RULES, input, []),
    ...check(ACQUIRE_RULES, input, []),
    ...config,
  ]);
}
