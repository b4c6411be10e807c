import * as z from 'zod';
import { OPERATION_NAMES } from '@agora-recording-gateway/agora/tables/operations';
import { NAMED_REPLIES, namedReply } from '../../api/named-replies.js';
import { type ControlRoutes } from '../control-side.js';
import { bodyOf, ControlError } from '../request.js';

/** Delay of a reply, real milliseconds. */
const MAX_FAULT_DELAY_MS = 600_000;

const MAX_COUNT = 1_000_000;

const fault = z
  .strictObject({
    operation: z.enum([...OPERATION_NAMES, 'any']),
    cname: z.string().optional(),
    times: z.number().int().min(1).max(MAX_COUNT).default(1),
    skip: z.number().int().min(0).max(MAX_COUNT).default(0),
    delayMs: z.number().int().min(0).max(MAX_FAULT_DELAY_MS).optional(),
    drop: z.enum(['request', 'reply']).optional(),
    status: z.number().int().min(200).max(599).optional(),
    body: z.record(z.string(), z.unknown()).optional(),
    apply: z.boolean().default(false),
    merge: z.boolean().optional(),
    /** Instead of status and body: one of `GET /sandbox/replies`. */
    reply: z.string().optional(),
  })
  .transform(({ reply, ...given }, context) => {
    if (reply === undefined) return given;
    const answer = namedReply(given.operation, reply);
    if (answer !== null && given.status === undefined && given.body === undefined) {
      return { ...given, status: answer.status, body: answer.body };
    }
    const message =
      answer === null ? `Agora has no such reply to ${given.operation}.` : 'Give reply, or status and body.';
    context.addIssue({ code: 'custom', path: ['reply'], message });
    return z.NEVER;
  })
  .superRefine(({ delayMs, drop, status, body, apply, merge }, context) => {
    const refuse = (property: string, message: string) =>
      context.addIssue({ code: 'custom', path: [property], message });
    const answers = status !== undefined || body !== undefined;
    if (!answers && delayMs === undefined && drop === undefined) {
      refuse('operation', 'give its outcome: reply, status and body, delayMs, or drop');
    }
    if (answers && drop !== undefined)
      refuse('drop', 'give it without status and body, which would not be sent');
    if (merge === true && (!apply || body === undefined)) {
      refuse('merge', 'give it with body and "apply": true: the real reply is that of the call');
    }
    if (apply && !answers) {
      refuse('apply', 'give it with reply, status or body: without them the call is carried out');
    }
  });

export const faultRoutes: ControlRoutes = ({ faults }) => [
  {
    method: 'POST',
    url: '/sandbox/faults',
    handle: (request, reply) => {
      const id = faults.add(bodyOf(fault, request));
      if (id === null) throw new ControlError(409, 'Too many faults: DELETE /sandbox/faults first.');
      void reply.code(201);
      return { id };
    },
  },
  { method: 'GET', url: '/sandbox/faults', handle: () => ({ faults: faults.list() }) },
  { method: 'GET', url: '/sandbox/replies', handle: () => ({ replies: NAMED_REPLIES }) },
  { method: 'DELETE', url: '/sandbox/faults', handle: () => faults.clear() },
];
