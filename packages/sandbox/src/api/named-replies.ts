import { type Operation, OPERATION_NAMES } from '@agora-recording-gateway/agora/tables/operations';
import { type SandboxOperation } from './calls.js';
import { type Answer, failures, gatewayAnswers } from './replies.js';

/** A reply of Agora other than plain success, which a fault can request by name. */
export interface NamedReply extends Answer {
  /** The operation with this reply; `any` for replies of Agora's API gateway to every call. */
  operation: SandboxOperation | 'any';
  name: string;
}

/** Operations on a running recording. */
const ON_A_TASK = ['query', 'update', 'updateLayout', 'stop'] as const;

function named(operation: NamedReply['operation'], replies: Readonly<Record<string, Answer>>): NamedReply[] {
  return Object.entries(replies).map(([name, answer]) => ({ operation, name, ...answer }));
}

function reasonOf(operation: Operation): string {
  return `${operation.charAt(0).toUpperCase()}${operation.slice(1)}: invalid parameter value`;
}

export const NAMED_REPLIES: readonly NamedReply[] = [
  ...named('any', {
    'appid-invalid': gatewayAnswers.appIdInvalid,
    unauthorized: gatewayAnswers.unauthorized,
    'credentials-invalid': gatewayAnswers.credentialsInvalid,
    'no-route': gatewayAnswers.noRoute,
    'rate-limited': gatewayAnswers.rateLimited,
  }),
  ...OPERATION_NAMES.filter((operation) => operation !== 'ncsIp').flatMap((operation) =>
    named(operation, { 'invalid-parameter': failures.invalid(reasonOf(operation)) }),
  ),
  ...named('acquire', {
    'invalid-appid': failures.invalidAppId(),
    'invalid-channel-name': failures.invalidChannel(),
    'no-active-status': failures.noActiveStatus(),
    'vendor-over-load': failures.overload(),
    'internal-error': failures.internalError(),
    'no-worker-manager-available': failures.noWorkerManager(),
    'allocate-timeout': failures.allocateTimeout(),
  }),
  ...named('start', {
    'already-started': failures.alreadyStarted(),
    'not-completed': failures.notCompleted(),
    'task-conflict': failures.conflict(),
    'worker-not-allocated': failures.workerNotAllocated(),
    'request-timeout': failures.requestTimeout(500),
  }),
  ...ON_A_TASK.flatMap((operation) =>
    named(operation, {
      'not-completed': failures.notCompleted(),
      'worker-not-found': failures.noWorker(),
      'request-timeout': failures.requestTimeout(504),
    }),
  ),
  ...named('stop', {
    'nothing-recorded': failures.nothingRecorded(),
    'invalid-operation': failures.ending(),
  }),
];

/** The reply with this name to a call of this operation, or null. */
export function namedReply(operation: SandboxOperation | 'any', name: string): NamedReply | null {
  const applies = (reply: NamedReply) => reply.operation === operation || reply.operation === 'any';
  return NAMED_REPLIES.find((reply) => reply.name === name && applies(reply)) ?? null;
}
