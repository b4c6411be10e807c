import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireScopes } from '../../src/graphql/access/scopes.js';
import { createContext } from '../../src/graphql/context.js';
import { MAX_PLAN_BYTES, MAX_PLANNED_SELECTIONS } from '../../src/graphql/limits/bounds.js';
import { HeldPages } from '../../src/graphql/limits/read-budget.js';
import { countReplies } from '../../src/graphql/limits/reply-budget.js';
import { planOperation } from '../../src/graphql/planned/plan.js';
import { Plans, PLANNED_AFTER } from '../../src/graphql/planned/plans.js';
import { runPlan } from '../../src/graphql/planned/run-plan.js';
import { createPreparation } from '../../src/graphql/prepare.js';
import { createSchema } from '../../src/graphql/schema.js';
import { systemClock } from '../../src/process/clock.js';
import { openStore, type Store } from '../../src/store/store.js';
import { variableErrors } from '../../src/graphql/values/variable-errors.js';
import { APP_ID, notification } from '../recordings/observations.js';
import { temporaryDirectory } from '../support/processes.js';
import { TEST_REQUESTER } from '../support/bare-execution.js';
import { readingServices } from '../support/reading-services.js';
import { sized } from '../support/size.js';
import { anyOperation } from './document/any-document.js';

const DOCUMENTS = sized(80, 500, 20_000);

const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));

const directory = temporaryDirectory();

let schema: GraphQLSchema;
let store: Store;
let recordingId: string;

beforeAll(async () => {
  schema = createSchema();
  requireScopes(schema);
  countReplies(schema);
  let minted = 0;
  store = await openStore({
    databaseUrl: `file:${directory.path}/gateway.db`,
    appIds: [APP_ID],
    mintId: () => `recording-${(minted += 1)}`,
    mintKey: () => 'test',
  });
  const fileList = ['a', 'b', 'c'].map((name) => ({
    fileName: `${name}.mp4`,
    trackType: 'audio_and_video',
    uid: '1',
    mixedAllUser: false,
    isPlayable: true,
    sliceStartTime: 1_623_058_193_000,
  }));
  for (const [type, details] of [
    [40, {}],
    [33, { progress: 5_000 }],
    [31, { status: 0, fileList }],
    [1, { errorCode: 1, errorMsg: 'text', errorLevel: 1, module: 1, stat: 0 }],
  ] as const) {
    ({ recordingId } = await store.record(
      notification(type, details, { recordingId: null, noticeId: String(type) }),
    ));
  }
});

afterAll(async () => {
  await store.close();
  directory.remove();
});

/** What of a result reaches a client or the log. Errors of fields that run at the same time come in any order. */
function shown({ data, errors }: ExecutionResult) {
  const facts = errors?.map((error) => {
    expect(error).toBeInstanceOf(GraphQLError);
    return JSON.stringify([error.toJSON(), String(error.originalError?.constructor.name)]);
  });
  return { data: JSON.stringify(data), errors: facts?.sort() };
}

/** One operation by graphql, and as it is planned; null if it is not planned. */
async function both(
  document: DocumentNode,
  variables: Record<string, unknown> = {},
  { operationName, rootValue }: { operationName?: string; rootValue?: unknown } = {},
): Promise<[ExecutionResult, ExecutionResult] | null> {
  const operation = getOperationAST(document, operationName);
  if (operation == null || variableErrors(schema, operation, variables, false).length > 0) return null;
  const plan = planOperation(schema, document, operation);
  if (plan === null) return null;
  const given = () => ({
    variableValues: variables,
    rootValue,
    contextValue: createContext(
      { ...readingServices(store), clock: { ...systemClock, now: () => 1_800_000_000_000 } },
      TEST_REQUESTER,
      new HeldPages(),
    ),
  });
  return [await execute({ schema, document, operationName, ...given() }), await runPlan(plan, given())];
}

describe('An operation that is planned', () => {
  it.each([
    [
      'one recording',
      `query ($id: ID!) { recording(by: { id: $id }) { id channel phase version __typename } }`,
    ],
    ['one that is not there', '{ recording(by: { id: "none" }) { id } }'],
    [
      'a page',
      '{ recordings(first: 5) { edges { cursor node { id files { nodes { fileName } } } } totalCount { count } } }',
    ],
    [
      'an interface',
      'query ($id: ID!) { node(id: $id) { __typename id ... on Recording { channel } ... on RecordedFile { fileName } } }',
    ],
    ['a list with null', 'query ($id: ID!) { nodes(ids: [$id, "none"]) { id } }'],
    [
      'fields that are merged',
      'query ($id: ID!) { a: recording(by: { id: $id }) { files { nodes { kind } } } a: recording(by: { id: $id }) { ...F files { nodes { fileName } } } } fragment F on Recording { version id }',
    ],
    ['a cursor that is wrong', '{ recordings(after: "wrong") { edges { cursor } } }'],
    [
      'a page that is too large',
      'query ($id: ID!) { recording(by: { id: $id }) { id files(first: 1000) { nodes { kind } } problems(first: 0) { nodes { code } } } }',
    ],
    [
      'a variable that is left out',
      'query ($id: ID!, $first: Int, $kind: FileKind) { recording(by: { id: $id }) { files(first: $first, kind: $kind) { nodes { fileName } } } }',
    ],
    [
      'an event with its recording',
      'query ($id: ID!) { recording(by: { id: $id }) { events { nodes { __typename id recording { id } raw ... on NotificationEvent { receivedAt } } } } }',
    ],
  ])('has the result that graphql gives: %s', async (_name, text) => {
    const results = await both(parse(text), text.includes('$id') ? { id: recordingId } : {});
    if (results === null) throw new Error('The operation was not planned.');
    const [byGraphql, planned] = results;
    expect(shown(planned)).toEqual(shown(byGraphql));
  });

  it('has the result that graphql gives, for every operation of the client package that can be planned', async () => {
    const documents = JSON.parse(
      readFileSync('packages/client/src/generated/persisted-documents.json', 'utf8'),
    ) as Record<string, string>;
    let planned = 0;
    for (const text of Object.values(documents)) {
      const document = parse(text);
      const variables = {
        id: recordingId,
        by: { id: recordingId },
        recordingId,
        first: 5,
        ids: [recordingId],
      };
      const rootValue = { id: recordingId, recordingId, type: 'UPSERTED', cursor: 'x' };
      const results = await both(document, variables, { rootValue });
      if (results === null) continue;
      planned += 1;
      expect(shown(results[1])).toEqual(shown(results[0]));
    }
    expect(planned).toBeGreaterThan(3);
  });

  it(`has the result that graphql gives, for any operation (seed ${seed})`, async () => {
    const { prepare } = createPreparation(schema, { introspection: true });
    let planned = 0;
    for (const { query, operationName, variables } of fc.sample(anyOperation(schema), {
      numRuns: DOCUMENTS,
      seed,
    })) {
      const known = query.replaceAll('"channel"', JSON.stringify(recordingId));
      const prepared = prepare(known);
      if ('errors' in prepared) continue;
      const results = await both(prepared.document, variables, { operationName });
      if (results === null) continue;
      planned += 1;
      expect(shown(results[1]), known).toEqual(shown(results[0]));
    }
    expect(planned).toBeGreaterThan(DOCUMENTS / 50);
  });
});

describe('graphql itself executes', () => {
  it.each([
    ['mutations', 'mutation { forgetRecording(input: { recordingId: "none" }) { userErrors { code } } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['@include', 'query ($yes: Boolean!) { notificationServers @include(if: $yes) }'],
    [
      '@skip in a fragment',
      'query ($yes: Boolean!) { ...F } fragment F on Query { notificationServers @skip(if: $yes) }',
    ],
    ['the response name __proto__', '{ __proto__: notificationServers }'],
    [
      'what takes too many selections',
      `{ recording(by: { id: "x" }) { events { nodes { recording { events { nodes { recording { events { nodes {
         ${Array.from({ length: 10 }, (_, index) => `i${index}: id`).join(' ')} } } } } } } } } } }`,
    ],
  ])('%s', (_name, text) => {
    const document = parse(text);
    const operation = getOperationAST(document);
    expect(operation == null ? undefined : planOperation(schema, document, operation)).toBeNull();
  });
});

describe('Plans', () => {
  const documentOf = (name: number, text = 'recordings { edges { cursor } }') =>
    parse(`query q${name} { ${text} }`);

  function take(plans: Plans, document: DocumentNode) {
    const operation = getOperationAST(document);
    if (operation == null) throw new Error('The document has no operation.');
    return plans.of(document, operation);
  }

  it('are made for operations that are executed repeatedly, and kept', () => {
    const plans = new Plans(schema);
    const document = documentOf(1);
    for (let times = 1; times < PLANNED_AFTER; times += 1) expect(take(plans, document)).toBeNull();
    expect(plans.bytes).toBe(0);
    const plan = take(plans, document);
    expect(plan?.operation.operation).toBe(OperationTypeNode.QUERY);
    expect(take(plans, document)).toBe(plan);
  });

  it('take a bounded memory, whatever is executed', () => {
    const plans = new Plans(schema);
    const fields = Array.from({ length: 45 }, (_, index) => `i${index}: id`).join(' ');
    const largest = `recording(by: { id: "x" }) { events { nodes { ${fields} } } }`;
    let made = 0;
    for (let name = 0; name < 60; name += 1) {
      const document = documentOf(name, largest);
      for (let times = 1; times < PLANNED_AFTER; times += 1) take(plans, document);
      const plan = take(plans, document);
      if (plan === null) continue;
      made += plan.selections;
      expect(plan.selections).toBeLessThanOrEqual(MAX_PLANNED_SELECTIONS);
      expect(plans.bytes).toBeLessThanOrEqual(MAX_PLAN_BYTES);
    }
    // More than are kept.
    expect(made * 500).toBeGreaterThan(MAX_PLAN_BYTES);
  });
});
