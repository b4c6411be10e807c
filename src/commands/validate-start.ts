import { COMPOSITE_RULES } from './composite-rules.js';
import { INDIVIDUAL_RULES } from './individual-rules.js';
import { check, isUid, outside, type Rule } from './rules.js';
import { type StartInput } from './start-input.js';
import { userError, type UserError } from './user-errors.js';
import { WEB_RULES } from './web-rules.js';

const CHANNEL_CHARACTERS = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]+$/;

/** A channel that is joined; the name of a page recording only tells it from others. */
const LONGEST_CHANNEL = 63;
const LONGEST_WEB_CHANNEL = 1024;

const START_RULES: readonly Rule<StartInput>[] = [
  {
    field: ['channel'],
    source: 'agora-facts.md, section 3, code 1013; section 5, row 24',
    message:
      'channel must be 1 to 63 bytes of letters, digits, spaces and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,',
    broken: ({ channel, config }) =>
      config.web == null &&
      (!CHANNEL_CHARACTERS.test(channel) || Buffer.byteLength(channel) > LONGEST_CHANNEL),
  },
  {
    field: ['channel'],
    source: 'rest-api-reference.md, acquire-request, cname',
    message: 'channel must be 1 to 1024 bytes.',
    broken: ({ channel, config }) =>
      config.web != null && (channel === '' || Buffer.byteLength(channel) > LONGEST_WEB_CHANNEL),
  },
  {
    field: ['uid'],
    source: 'rest-api-reference.md, acquire-request, uid',
    message:
      "uid must be an integer from 1 to 4294967295, written as text: the recording's own, used by nobody else.",
    broken: ({ uid }) => !isUid(uid),
  },
  {
    field: ['resourceExpiredHours'],
    source: 'rest-api-reference.md, acquire-request, resourceExpiredHour',
    message: 'resourceExpiredHours must be from 1 to 720.',
    broken: ({ resourceExpiredHours }) => outside(resourceExpiredHours, 1, 720),
  },
  {
    field: ['excludeResourceIds'],
    source: 'the bound of every list of this schema',
    message: 'excludeResourceIds takes at most 50 ids.',
    broken: ({ excludeResourceIds }) => (excludeResourceIds?.length ?? 0) > 50,
  },
  {
    field: ['idempotencyKey'],
    source: 'the bound of this schema',
    message: 'idempotencyKey must be 1 to 255 characters.',
    broken: ({ idempotencyKey }) =>
      idempotencyKey != null && (idempotencyKey.length === 0 || idempotencyKey.length > 255),
  },
  {
    field: ['token'],
    source: 'agora-facts.md, section 9',
    message: 'token must be 1 to 4096 characters; leave it out if the project has no App Certificate.',
    broken: ({ token }) => token != null && (token.length === 0 || token.length > 4096),
  },
];

/** All that Agora would refuse of a start, before it is asked. */
export function validateStart(input: StartInput): UserError[] {
  const { individual, composite, web } = input.config;
  const errors = check(START_RULES, input, []);
  if (individual != null) errors.push(...check(INDIVIDUAL_RULES, individual, ['config', 'individual']));
  if (composite != null) errors.push(...check(COMPOSITE_RULES, composite, ['config', 'composite']));
  if (web != null) {
    errors.push(...check(WEB_RULES, web, ['config', 'web']));
    if (input.token != null) {
      errors.push(
        userError(
          'INVALID_PARAMETER',
          'A page recording joins no channel and takes no token: leave it out.',
          {
            field: ['token'],
          },
        ),
      );
    }
  }
  return errors;
}
