import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Limit, MAX_ERRORS } from '../../src/graphql/limits/bounds.js';
import { openStage, type Stage } from '../support/stage.js';
import { type GraphQLBody, overHttp, overWebSocket, type Send } from '../support/transports.js';

let open: Stage;
let closed: Stage;

beforeAll(async () => {
  open = await openStage();
  closed = await openStage({ env: { INTROSPECTION: 'off' } });
});

afterAll(async () => {
  await open.close();
  await closed.close();
});

/** Both doors of both gateways. */
const DOORS: [string, Send, Send][] = [
  ['HTTP', overHttp(() => open.gateway.url), overHttp(() => closed.gateway.url)],
  ['WebSocket', overWebSocket(() => open.gateway.url), overWebSocket(() => closed.gateway.url)],
];

function repeat(times: number, part: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => part(index)).join(' ');
}

function codes({ errors = [] }: GraphQLBody): unknown[] {
  return errors.map(({ extensions }) => extensions?.code);
}

async function limitsExceeded(): Promise<Record<string, number>> {
  const text = await (await fetch(`${open.gateway.url}/metrics`)).text();
  const lines = text.matchAll(/^gateway_graphql_limits_total\{limit="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', count]) => [name, Number(count)] as const));
}

const NEST = 'events { edges { node { recording {';
const ONE = 'recording(by: { id: "x" })';

/** Documents that ask for too much, most of them in a way that only shows once fragments are expanded. */
const TOO_MUCH: [limit: Limit, form: string, query: string][] = [
  [
    'depth',
    'fragments that spread one another, each seen before',
    `query q { ${ONE} { ...f0 } } ${repeat(12, (i) => `fragment f${i} on Recording { ${NEST} ...f${i + 1} }}}} }`)}
     fragment f12 on Recording { id } query r { ${ONE} { ...f12 ...f11 } }`,
  ],
  ['depth', 'plain fields', `{ ${ONE} { ${repeat(12, () => NEST)} id ${'}'.repeat(48)} } }`],
  [
    'aliases',
    'a fragment that is spread in many places',
    `{ ${repeat(10, () => ` ... { x: ${ONE} { ...f } }`)} ${repeat(6, (i) => `y${i}: ${ONE} { ...f }`)} }
     fragment f on Recording { ${repeat(9, (i) => `a${i}: id`)} }`,
  ],
  [
    'values',
    'pages inside pages, by fragments',
    `{ recordings(first: 100) { edges { node { files(first: 100) { edges { node { ...f } } } } } } }
     fragment f on RecordedFile { ${repeat(50, (i) => `a${i}: fileName`)} ${repeat(50, () => 'fileName id kind playable')} }`,
  ],
  [
    'values',
    'raw of a page that is sized by last, with first null',
    `{ recordings(first: 100) { edges { node { events(first: null, last: 100) { edges { node {
       ${repeat(11, () => 'raw')} } } } } } } }`,
  ],
  ['pages', 'events of each recording of three pages', threePages()],
  [
    'selections',
    'fragments that double',
    `{ ...f0 } ${repeat(14, (i) => `fragment f${i} on Query { ... { ...f${i + 1} } ... { ...f${i + 1} } }`)}
     fragment f14 on Query { __typename }`,
  ],
  [
    'introspections',
    '__schema fifty times',
    `{ ${repeat(50, (i) => `s${i}: __schema { types { name } }`)} }`,
  ],
  [
    'introspection_depth',
    'types inside types',
    `{ __schema { types { ${repeat(22, () => 'ofType {')} name ${'}'.repeat(22)} } } }`,
  ],
  ['tokens', 'many fields', `{ ${repeat(4_100, () => 'a')} }`],
  ['nesting', '250,000 opening brackets', `{ recordings(filter: { channels: ${'['.repeat(250_000)}`],
  ['nesting', 'a type of 250,000 lists', `query ($v: ${'['.repeat(250_000)}`],
  ['operations', 'many operations', repeat(21, (i) => `query q${i} { __typename }`)],
  [
    'fragments',
    'many fragments',
    `{ __typename } ${repeat(101, (i) => `fragment f${i} on Query { __typename }`)}`,
  ],
  ['same_name', 'one field many times in one selection', `{ ${repeat(51, () => '__typename')} }`],
  ['same_name', 'one field with many selections', `{ ${repeat(51, () => `${ONE} { id }`)} }`],
];

function threePages(): string {
  return `{ ${repeat(3, (i) => `p${i}: recordings(first: 100) { edges { node { events(first: 1) { headCursor } } } }`)} }`;
}

describe.each(DOORS)('Over %s', (_name, send, sendToClosed) => {
  it.each(TOO_MUCH)('a document that exceeds the bound on %s is refused: %s', async (limit, _form, query) => {
    const before = (await limitsExceeded())[limit] ?? 0;
    const body = await send({ query, operationName: query.startsWith('query q') ? 'q' : undefined });
    expect(body.data).toBeUndefined();
    expect(codes(body)).toContain(
      limit === 'tokens' || limit === 'nesting' ? 'GRAPHQL_PARSE_FAILED' : 'GRAPHQL_VALIDATION_FAILED',
    );
    expect(JSON.stringify(body)).not.toContain('call stack');
    expect((await limitsExceeded())[limit]).toBe(before + 1);
  });

  it.each([
    ['unknown fields', `{ ${repeat(3_900, (i) => `unknown${i}`)} }`],
    ['unknown directives', `{ __typename ${repeat(1_900, (i) => `@unknown${i}`)} }`],
    ['unknown arguments', `{ recordings(${repeat(1_200, (i) => `unknown${i}: 1`)}) { changeCursor } }`],
    ['variables that are not used', `query (${repeat(900, (i) => `$v${i}: Int`)}) { __typename }`],
  ])(`at most ${MAX_ERRORS} errors leave: %s`, async (_form, query) => {
    const body = await send({ query });
    expect(codes(body)).toEqual(Array(MAX_ERRORS).fill('GRAPHQL_VALIDATION_FAILED'));
  });

  it(`at most ${MAX_ERRORS} errors leave for variables that are wrong`, async () => {
    const query = 'query ($filter: RecordingFilter) { recordings(filter: $filter) { changeCursor } }';
    const phases = Array.from({ length: 5_000 }, (_, index) => `WRONG_${index}`);
    expect(codes(await send({ query, variables: { filter: { phases } } }))).toEqual(
      Array(MAX_ERRORS).fill('BAD_USER_INPUT'),
    );
  });

  it(`at most ${MAX_ERRORS} errors leave for fields that fail`, async () => {
    const query = `{ ${repeat(40, (i) => `a${i}: recording(by: { id: "x" }, maxAgeSeconds: -1) { id }`)} }`;
    const body = await send({ query });
    expect(codes(body)).toHaveLength(MAX_ERRORS);
    expect(new Set(codes(body))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it.each([
    ['@skip', '@skip(if: $v)'],
    ['@include', '@include(if: $v)'],
  ])('the root field of a subscription must not have %s', async (name, directive) => {
    const fields = `recordingListChanged ${directive} { cursor }`;
    for (const query of [
      `subscription ($v: Boolean!) { ${fields} }`,
      `subscription ($v: Boolean!) { ... ${directive} { recordingListChanged { cursor } } }`,
      `subscription ($v: Boolean!) { ...f } fragment f on Subscription { ${fields} }`,
    ]) {
      const body = await send({ query, variables: { v: false } });
      expect(codes(body)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(body.errors?.[0]?.message).toContain(name);
    }
  });

  it.each([
    ['a string where a number is expected', `{ recordings(first: "canary-value") { changeCursor } }`, {}],
    ['an unknown enum value', '{ recordings(orderBy: canary_value) { changeCursor } }', {}],
    ['a string that is not closed', '{ recording(by: { sid: "canary-value }) { id } }', {}],
    [
      'a variable of the wrong type',
      'query ($first: Int) { recordings(first: $first) { changeCursor } }',
      { first: 'canary-value' },
    ],
    [
      'an object for an enum',
      'query ($o: RecordingOrder) { recordings(orderBy: $o) { changeCursor } }',
      { o: { canary_value: 'canary-value' } },
    ],
    ['a number as an id', '{ recording(by: { sid: canary_value }) { id } }', {}],
  ])('an error does not quote the value it is about: %s', async (_form, query, variables) => {
    const body = await send({ query, variables });
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/canary.value/);
  });

  it('suggestions and introspection are there, and neither with INTROSPECTION=off', async () => {
    const introspections = [
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Recording") { name } }',
      '{ ...f } fragment f on Query { __schema { types { name } } }',
    ];
    for (const query of introspections) {
      expect((await send({ query })).errors).toBeUndefined();
      const refused = await sendToClosed({ query });
      expect(codes(refused)).toContain('GRAPHQL_VALIDATION_FAILED');
      expect(refused.data).toBeUndefined();
    }
    const typos: [string, Record<string, unknown>][] = [
      ['{ recordingz { changeCursor } }', {}],
      ['{ recordings(firts: 1) { changeCursor } }', {}],
      ['{ recordings(orderBy: STARTED_AT_DES) { changeCursor } }', {}],
      ['{ recordings(filter: { phasez: [] }) { changeCursor } }', {}],
      ['query ($v: RecordingFilte) { recordings(filter: $v) { changeCursor } }', {}],
      ['{ __typename ... on Recordin { id } }', {}],
      ['{ __typename @skipp(if: true) }', {}],
      ['query ($v: RecordingFilter) { recordings(filter: $v) { changeCursor } }', { v: { phasez: [] } }],
    ];
    let suggestions = 0;
    for (const [query, variables] of typos) {
      if (/Did you mean/.test(JSON.stringify(await send({ query, variables })))) suggestions += 1;
      const body = await sendToClosed({ query, variables });
      expect(body.errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(body)).not.toContain('Did you mean');
    }
    expect(suggestions).toBeGreaterThan(5);
    expect(await sendToClosed({ query: '{ __typename }' })).toEqual({ data: { __typename: 'Query' } });
  });
});
