import { CALL_REASON_NAMES } from '../../recordings/call-reason.js';
import { type Reply } from '@agora-recording-gateway/agora/client/reply';
import { ALL_MODES } from '@agora-recording-gateway/agora/parameters/parameter';
import { OPERATION_NAMES } from '@agora-recording-gateway/agora/tables/operations';
import { type NotificationTypeName } from '@agora-recording-gateway/agora/tables/event-types';
import {
  type Notification,
  type NotificationDetails,
} from '@agora-recording-gateway/agora/webhook/notification';
import * as z from 'zod';
import {
  type CredentialsFacts,
  type Deadline,
  type FileCheck,
  type LayoutSettings,
  type Observation,
  type ObservationContent,
  type ObservationSource,
  type RecordingSettings,
  type StartFacts,
  type StorageLocation,
  type SubscriptionLists,
  type UpdateFacts,
} from '../../recordings/observation.js';
import { type MetadataEntry } from '../../recordings/metadata.js';
import { MUTATION_RESULTS } from '../../recordings/audit.js';
import { DEADLINE_IMPLICATIONS } from '../../recordings/view/infer-phase.js';
import { jsonColumn } from '../stored-json.js';

/**
 * A part that was brought into its form when it was received, and that the version speaks for: only that it is an object with
 * these properties is checked.
 */
function part<Part extends object>(...properties: (keyof Part & string)[]): z.ZodType<Part> {
  const has = (value: unknown) =>
    typeof value === 'object' && value !== null && properties.every((name) => Object.hasOwn(value, name));
  return z.custom<Part>(has);
}

const text = z.nullable(z.string());
const number = z.nullable(z.number());

/** A schema with every property of its type, the optional ones too: what has no schema would be lost when it is read. */
type Complete<Type> = z.ZodType<Type> & { shape: Record<keyof Type, unknown> };

const credentials = z.object({ profile: text, expireAt: number }) satisfies Complete<CredentialsFacts>;

const facts = z.object({
  channel: z.string(),
  uid: z.string(),
  mode: z.enum(ALL_MODES),
  resourceId: z.string(),
  resourceExpiredHour: z.number(),
  settings: z.nullable(part<RecordingSettings>()),
  storage: z.nullable(part<StorageLocation>('vendor', 'region', 'bucket', 'fileNamePrefix')),
}) satisfies Complete<StartFacts>;

const call = z.object({ reason: z.enum(CALL_REASON_NAMES), requestedAt: z.number() });

const update = z.object({
  subscription: z.exactOptional(part<SubscriptionLists>()),
  paused: z.exactOptional(z.boolean()),
  outputs: z.exactOptional(z.array(z.string())),
  layout: z.exactOptional(part<LayoutSettings>()),
  credentials: z.exactOptional(credentials),
}) satisfies Complete<UpdateFacts>;

const named = z.object({ sid: text, channel: text, uid: text });

const notification = z.object({
  noticeId: z.string(),
  eventType: z.number(),
  typeName: z.custom<NotificationTypeName>((value) => typeof value === 'string'),
  cname: z.string(),
  uid: z.string(),
  sid: z.string(),
  sequence: number,
  sendts: z.number(),
  serviceType: number,
  details: part<NotificationDetails>('type'),
  alsoNames: z.exactOptional(named),
}) satisfies Complete<Notification>;

const fileCheck = z.object({
  files: z.number(),
  missing: z.array(z.string()),
  denied: z.array(z.string()),
  absent: z.number(),
  notMade: z.nullable(z.object({ reason: z.string(), message: z.string() })),
}) satisfies Complete<FileCheck>;

const metadata = z.array(z.object({ key: z.string(), value: z.string() }) satisfies Complete<MetadataEntry>);

const BY_KIND = {
  notification: z.object({ kind: z.literal('notification'), notification }),
  attempt: z.object({
    kind: z.literal('attempt'),
    operation: z.literal('start'),
    facts,
    startedBy: z.exactOptional(z.string()),
    metadata: z.exactOptional(metadata),
  }),
  adoption: z.object({ kind: z.literal('adoption'), sid: z.string(), facts }),
  reply: z.object({
    kind: z.literal('reply'),
    operation: z.enum(OPERATION_NAMES),
    httpStatus: z.number(),
    requestId: text,
    reply: part<Reply>('code', 'extensionServices'),
    call: z.exactOptional(call),
    start: z.exactOptional(z.object({ resourceId: z.string(), again: z.boolean() })),
    update: z.exactOptional(update),
    named: z.exactOptional(named),
  }),
  'no-reply': z.object({
    kind: z.literal('no-reply'),
    operation: z.enum(OPERATION_NAMES),
    sent: z.boolean(),
    message: z.string(),
    call: z.exactOptional(call),
    update: z.exactOptional(update),
    named: z.exactOptional(named),
  }),
  deadline: z.object({
    kind: z.literal('deadline'),
    deadline: z.enum(Object.keys(DEADLINE_IMPLICATIONS) as Deadline[]),
  }),
  gap: z.object({
    kind: z.literal('gap'),
    gap: z.object({ recorderUid: z.string(), from: z.number(), to: z.number() }),
    asksForQuery: z.exactOptional(z.boolean()),
  }),
  outage: z.object({ kind: z.literal('outage'), from: z.number(), to: z.number() }),
  'file-check': z.object({ kind: z.literal('file-check'), check: fileCheck }),
  metadata: z.object({ kind: z.literal('metadata'), metadata, by: text }),
  mutation: z.object({
    kind: z.literal('mutation'),
    operation: z.string(),
    caller: text,
    requestId: z.string(),
    input: z.unknown(),
    result: z.enum(MUTATION_RESULTS),
    codes: z.array(z.string()),
  }),
} satisfies { [Kind in ObservationContent['kind']]: Complete<Extract<ObservationContent, { kind: Kind }>> };

const { notification: first, ...others } = BY_KIND;

const CONTENT: z.ZodType<ObservationContent> = z.discriminatedUnion('kind', [
  first,
  ...Object.values(others),
]);

const SOURCES = ['COMMAND', 'NOTIFICATION', 'POLL', 'CLOCK'] as const satisfies ObservationSource[];

/** What the log holds. An entry that cannot be read is passed over: it cannot be folded, and is not shown as an event. */
export const CONTENTS = jsonColumn<ObservationContent>(
  { table: 'observations', column: 'content' },
  { version: 1, schema: CONTENT },
);

const OBSERVATION = {
  version: 1,
  schema: z.object({
    id: z.string(),
    appId: z.string(),
    recordingId: text,
    source: z.enum(SOURCES),
    occurredAt: z.number(),
    receivedAt: z.number(),
    content: CONTENT,
    raw: text,
    hash: z.string(),
  }),
};

/** The first observation of a start. An attempt whose one cannot be read opens no recording. */
export const ATTEMPT_OBSERVATIONS = jsonColumn<Observation>(
  { table: 'start_attempts', column: 'observation' },
  OBSERVATION,
);

/** A notification that belongs to no recording yet. One that cannot be read is left out. */
export const SET_ASIDE_OBSERVATIONS = jsonColumn<Observation>(
  { table: 'notifications_set_aside', column: 'observation' },
  OBSERVATION,
);
