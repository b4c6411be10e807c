import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { isUid } from '@agora-recording-gateway/agora/parameters/formats';
import { RESOURCE_PARAMETERS, START_PARAMETERS } from '@agora-recording-gateway/agora/parameters/resource';
import { CANVAS_RULES, COMPOSITE_RULES } from './composite-rules.js';
import { INDIVIDUAL_RULES } from './individual-rules.js';
import { LAYOUT_RULES } from './layout-rules.js';
import { check, isWeb, type Rule, WEB_SCENE } from './rules.js';
import {
  type AcquireInput,
  type PlaceInput,
  type RecordingConfigInput,
  type StartInput,
} from '../start-input.js';
import { type UserError } from '../../user-errors.js';
import { WEB_RULES } from './web-rules.js';

const CHANNEL_CHARACTERS = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]+$/;

/** A channel that is joined; the name of a page recording only tells it from others. */
const LONGEST_CHANNEL = 63;
const LONGEST_WEB_CHANNEL = 1024;

type Place = PlaceInput & { config?: RecordingConfigInput | null; scene?: number | null };

/** What acquire and start share. */
export const PLACE_RULES: readonly Rule<Place>[] = [
  {
    field: ['channel'],
    message:
      'channel must be 1 to 63 bytes of letters, digits, spaces and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,',
    broken: (input) =>
      !isWeb(input) &&
      (!CHANNEL_CHARACTERS.test(input.channel) || Buffer.byteLength(input.channel) > LONGEST_CHANNEL),
  },
  {
    field: ['channel'],
    message: 'channel must be 1 to 1024 bytes.',
    broken: (input) =>
      isWeb(input) && (input.channel === '' || Buffer.byteLength(input.channel) > LONGEST_WEB_CHANNEL),
  },
  {
    field: ['uid'],
    message:
      "uid must be an integer from 1 to 4294967295, written as text: the recording's own, used by nobody else.",
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

/** A resource id is text that is safe in a path (agora-facts.md, section 1, "Id formats"). */
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
      'scene must fit config: WEB_PAGE for a page, REAL_TIME for the others. Leave it out, and config tells it.',
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
  return [...check(PLACE_RULES, input, []), ...check(START_RULES, input, []), ...checkConfig(input.config)];
}

export function validateAcquire(input: AcquireInput): UserError[] {
  const config = input.config == null ? [] : checkConfig(input.config);
  return [...check(PLACE_RULES, input, []), ...check(ACQUIRE_RULES, input, []), ...config];
}
