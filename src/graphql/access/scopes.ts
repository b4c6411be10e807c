import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { hasScope, type Scope } from '../../auth/caller.js';
import { type Context } from '../context.js';
import { forbidden } from '../errors.js';

/** The scope that each field of a root type needs, and a few others. Everything else is reached through one of these. */
export const SCOPE_OF: Readonly<Record<string, Scope>> = {
  'Query.node': 'recordings:read',
  'Query.nodes': 'recordings:read',
  'Query.gateway': 'recordings:read',
  'Gateway.status': 'recordings:admin',
  'Query.projects': 'recordings:read',
  'Query.storageProfiles': 'recordings:read',
  'Query.recording': 'recordings:read',
  'Query.recordings': 'recordings:read',
  'Query.channels': 'recordings:read',
  'Query.files': 'recordings:read',
  'Query.problems': 'recordings:read',
  'Query.auditEntries': 'recordings:admin',
  'Query.recordingCounts': 'recordings:read',
  'Subscription.recordingCountsChanged': 'recordings:read',
  'Query.notificationServers': 'recordings:read',
  'Mutation.acquireResource': 'recordings:control',
  'Mutation.startRecording': 'recordings:control',
  'Mutation.stopRecording': 'recordings:control',
  'Mutation.updateRecording': 'recordings:control',
  'Mutation.updateLayout': 'recordings:control',
  'Mutation.updateMetadata': 'recordings:control',
  'Mutation.refreshRecording': 'recordings:control',
  'Mutation.adoptRecording': 'recordings:control',
  'Mutation.forgetRecording': 'recordings:admin',
  'Subscription.recordingChanged': 'recordings:read',
  'Subscription.recordingListChanged': 'recordings:read',
  'Subscription.recordingEvents': 'recordings:read',
};

type Resolver = GraphQLFieldResolver<unknown, Context>;

function guarded(resolve: Resolver, scope: Scope): Resolver {
  return (source, args, context, info) => {
    if (hasScope(context.caller, scope)) return resolve(source, args, context, info);
    throw forbidden(`The credential lacks the scope ${scope}.`);
  };
}

/**
 * Makes every field of the root types check the caller's scope before it does anything. Throws for a field without a rule, so
 * that a new one cannot be left open.
 */
export function requireScopes(schema: GraphQLSchema): void {
  const ruled = new Set<string>();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      const scope = SCOPE_OF[name];
      if (scope === undefined && roots.includes(type))
        throw new Error(`${name} has no rule in graphql/access/scopes.ts.`);
      if (scope === undefined) continue;
      ruled.add(name);
      field.resolve = guarded(field.resolve ?? defaultFieldResolver, scope);
      if (field.subscribe !== undefined) field.subscribe = guarded(field.subscribe, scope);
    }
  }
  const idle = Object.keys(SCOPE_OF).filter((name) => !ruled.has(name));
  if (idle.length > 0)
    throw new Error(`graphql/access/scopes.ts has rules for unknown fields: ${idle.join(', ')}.`);
}
