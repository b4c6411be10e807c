import 'reflect-metadata';
import {
  GraphQLInputObjectType,
  type GraphQLSchema,
  isAbstractType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { buildSchemaSync, getMetadataStorage, type PubSub } from 'type-graphql';
import { type FieldExtensions } from './access/input-without-secrets.js';
import { secrecyOf } from './inputs/option.js';
import { keepNumbersWithinRanges } from './number-ranges.js';
import { MutationResolver } from './resolvers/mutation.resolver.js';
import { AuditResolver } from './resolvers/audit.resolver.js';
import { CountsResolver } from './resolvers/counts.resolver.js';
import { ListResolver } from './resolvers/list.resolver.js';
import { GatewayResolver } from './resolvers/gateway.resolver.js';
import { FileAddressResolver, PlaybackResolver, StoredFileResolver } from './resolvers/playback.resolver.js';
import { QueryResolver } from './resolvers/query.resolver.js';
import {
  EventFieldResolver,
  FileFieldResolver,
  ProblemFieldResolver,
  RecordingFieldResolver,
} from './resolvers/recording-field.resolver.js';
import { SubscriptionResolver } from './resolvers/subscription.resolver.js';
import { MutationEventType } from './types/audit.type.js';
import * as extensionEvents from './types/events/extension-events.type.js';
import * as gatewayEvents from './types/events/gateway-events.type.js';
import * as notificationEvents from './types/events/notification-events.type.js';

/** Inputs of which exactly one field must be given. */
const ONE_OF = ['RecordingBy', 'RecordingConfigInput', 'StorageLocationInput'];

const ROOTS: Record<string, string> = {
  Query: 'Reads what the gateway knows. Reading never fails because Agora does.',
  Mutation:
    "Acts through Agora's REST API. What Agora's rules or state forbid comes back as userErrors, all at once; only what " +
    'the types refuse is a GraphQL error.',
  Subscription:
    'Changes as they come, over graphql-ws, whatever their source: a notification, a query or a command.',
};

function unused(): never {
  throw new Error('Subscriptions read the feed; nothing is published here.');
}

/** type-graphql demands one where there are subscriptions. Ours bring their own iterable, so it is never called. */
const NO_PUB_SUB: PubSub = { publish: unused, subscribe: unused };

/** Enums of what the gateway says itself, to which later releases may add. The others have UNKNOWN, or follow Agora's parameters. */
const MAY_GROW = [
  'CallOutcome',
  'CallReason',
  'Dependency',
  'FileKind',
  'FileUnreadableReason',
  'InputWarningCode',
  'MutationResult',
  'ObservationSource',
  'PhaseEvidenceKind',
  'PlaybackUnavailableReason',
  'ProblemCode',
  'RecordingEndReason',
  'RecordingEventType',
  'RecordingPhase',
  'RecordingsChangeKind',
  'UserErrorCode',
  'WatchDeadline',
];

function describeScalars(): void {
  GraphQLDateTime.specifiedByURL = 'https://scalars.graphql.org/andimarek/date-time.html';
  GraphQLJSON.specifiedByURL =
    'https://ecma-international.org/publications-and-standards/standards/ecma-404/';
  GraphQLDateTime.description = 'A moment in ISO 8601, UTC, with milliseconds: 2026-01-31T12:00:00.000Z.';
  GraphQLJSON.description =
    'Any JSON value. Numbers beyond 2^53 lose their last digits here; the store keeps the text.';
}

/** Notes at each field of an input what of its value is secret. */
function markSecrets(schema: GraphQLSchema): void {
  for (const { name: typeName, target } of getMetadataStorage().inputTypes) {
    const type = schema.getType(typeName);
    if (!(type instanceof GraphQLInputObjectType)) continue;
    for (const field of Object.values(type.getFields())) {
      const secrecy = secrecyOf(target as Parameters<typeof secrecyOf>[0], field.name);
      if (secrecy !== undefined) field.extensions = { secrecy } satisfies FieldExtensions;
    }
  }
}

/** Gives resolvers their parent as it is. type-graphql would copy it into an object of its class, for every field. */
function passParentsOn(): void {
  for (const parameter of getMetadataStorage().params) {
    if (parameter.kind === 'root') parameter.getType = undefined;
  }
}

/** The schema from its classes. What type-graphql cannot say is added here: @oneOf, and synchronous type resolution. */
export function createSchema(): GraphQLSchema {
  describeScalars();
  passParentsOn();
  const schema = buildSchemaSync({
    resolvers: [
      QueryResolver,
      GatewayResolver,
      ListResolver,
      CountsResolver,
      AuditResolver,
      MutationResolver,
      SubscriptionResolver,
      RecordingFieldResolver,
      EventFieldResolver,
      FileFieldResolver,
      ProblemFieldResolver,
      PlaybackResolver,
      FileAddressResolver,
      StoredFileResolver,
    ],
    orphanedTypes: [
      MutationEventType,
      ...Object.values(gatewayEvents),
      ...Object.values(notificationEvents),
      ...Object.values(extensionEvents),
    ],
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    validate: false,
    pubSub: NO_PUB_SUB,
    // It executes the introspection query. The first document is validated against a schema that was checked, by graphql itself.
    skipCheck: true,
  });
  markSecrets(schema);
  keepNumbersWithinRanges(schema);
  for (const name of MAY_GROW) {
    const type = schema.getType(name);
    if (type == null) throw new Error(`${name} is not in the schema.`);
    type.description = `${type.description} Later releases may add values.`;
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) {
      type.resolveType = (value) => (value as { __typename: string }).__typename;
    }
    type.description ??= ROOTS[type.name] ?? null;
    if (type instanceof GraphQLInputObjectType && ONE_OF.includes(type.name)) type.isOneOf = true;
  }
  return schema;
}

/** The schema as it is committed: sorted, so that moving a class changes nothing. */
export function printSortedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
