import { z } from 'zod';
import { ASSUMPTION_NAMES } from '@agora-recording-gateway/agora/assumptions';
import { OPERATION_NAMES } from '@agora-recording-gateway/agora/tables/operations';
import { MOST_CALLS, type SandboxOperation } from '../api/calls.js';
import { MOST_PUBLISHERS } from '../tasks/channels.js';
import { namedReply } from '../api/named-replies.js';
import { FASTEST_SPEED, LONGEST_STEP_MS } from './clock.js';
import { MOST_SUBSCRIBED_EVENTS } from '../notifications/notification-settings.js';

const OPERATIONS: readonly SandboxOperation[] = OPERATION_NAMES;

/** Longest delay of a reply, real milliseconds. */
const LONGEST_FAULT_DELAY_MS = 600_000;

const count = (most: number) => z.number().int().min(0).max(most);
const share = z.number().min(0).max(1);
const eventType = z.number().int().min(0).max(100_000);
const sandboxDuration = count(LONGEST_STEP_MS);

const fault = z
  .strictObject({
    operation: z.enum([...OPERATIONS, 'any']),
    cname: z.string().optional(),
    times: z.number().int().min(1).max(1_000_000).default(1),
    skip: count(1_000_000).default(0),
    delayMs: count(LONGEST_FAULT_DELAY_MS).optional(),
    drop: z.enum(['request', 'reply']).optional(),
    status: z.number().int().min(200).max(599).optional(),
    body: z.record(z.string(), z.unknown()).optional(),
    apply: z.boolean().default(false),
    /** In place of status and body: one of `GET /sandbox/replies`. */
    reply: z.string().optional(),
  })
  .transform(({ reply, ...order }, context) => {
    if (reply === undefined) return order;
    const answer = namedReply(order.operation, reply);
    if (answer !== null && order.status === undefined && order.body === undefined) {
      return { ...order, status: answer.status, body: answer.body };
    }
    const message =
      answer === null ? `Agora has no such reply to ${order.operation}.` : 'Give reply, or status and body.';
    context.addIssue({ code: 'custom', path: ['reply'], message });
    return z.NEVER;
  })
  .superRefine(({ delayMs, drop, status, body, apply }, context) => {
    const refuse = (property: string, message: string) =>
      context.addIssue({ code: 'custom', path: [property], message });
    const answers = status !== undefined || body !== undefined;
    if (!answers && delayMs === undefined && drop === undefined) {
      refuse('operation', 'say what happens to it: reply, status and body, delayMs, or drop');
    }
    if (answers && drop !== undefined) refuse('drop', 'give it without status and body: nothing is answered');
    if (apply && !answers)
      refuse('apply', 'give it with reply, or status or body: without them the call is carried out');
  });

/** Bodies and queries of the control side. Strict: a misspelt property is an error, not a wish that is ignored. */
export const controlSchemas = {
  fault,
  notifications: z.strictObject({
    loss: share.optional(),
    repetition: share.optional(),
    redundant: share.optional(),
    delay: share.optional(),
    delayMs: sandboxDuration.optional(),
    disorder: share.optional(),
    disorderMs: sandboxDuration.optional(),
    seed: count(2 ** 32 - 1).optional(),
    webhookUrl: z
      .url({ protocol: /^https?$/, error: 'has to be an address that begins with http:// or https://' })
      .optional(),
    events: z
      .union([z.array(eventType).max(MOST_SUBSCRIBED_EVENTS), z.literal('all')], {
        error: `has to be "all", or a list of at most ${MOST_SUBSCRIBED_EVENTS} numbers of event types`,
      })
      .optional(),
  }),
  channel: z.strictObject({
    publishers: z
      .array(
        z.strictObject({
          uid: z.string().regex(/^[0-9]{1,10}$/, 'has to be a text of 1 to 10 digits'),
          audio: z.boolean(),
          video: z.boolean(),
        }),
      )
      .max(MOST_PUBLISHERS)
      .refine(
        (users) => new Set(users.map((user) => user.uid)).size === users.length,
        'names a uid twice: give each user once',
      ),
  }),
  notification: z.strictObject({
    eventType,
    details: z.record(z.string(), z.unknown()).default({}),
    uid: z.string().min(1).max(64).optional(),
    sendts: count(Number.MAX_SAFE_INTEGER).optional(),
    copies: z.number().int().min(1).max(100).default(1),
  }),
  recording: z.strictObject({
    uploadMs: sandboxDuration.optional(),
    backup: z.boolean().optional(),
    uploadFails: z.boolean().optional(),
  }),
  trouble: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('crash') }),
    z.strictObject({ kind: z.literal('capability-limit'), limitType: z.string().default('resolution') }),
    z.strictObject({ kind: z.literal('reload'), reason: z.string().default('audio_silence') }),
  ]),
  failover: z.strictObject({ durationMs: z.number().int().min(1).max(LONGEST_STEP_MS).default(10_000) }),
  clock: z.strictObject({
    speed: z.number().positive().max(FASTEST_SPEED).optional(),
    stepMs: sandboxDuration.optional(),
  }),
  assumptions: z.strictObject(
    Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, z.boolean().optional()])),
  ),
  nothing: z.strictObject({}),
  callsQuery: z.strictObject({
    operation: z.enum(OPERATIONS).optional(),
    cname: z.string().optional(),
    sid: z.string().optional(),
    httpStatus: z.coerce.number().int().min(100).max(599).optional(),
    limit: z.coerce.number().int().min(0).max(MOST_CALLS).default(MOST_CALLS),
  }),
  recordingsQuery: z.strictObject({ cname: z.string().optional() }),
};
