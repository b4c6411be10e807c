import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildSchema, isInterfaceType, isObjectType, isUnionType } from 'graphql';
import { expect, it } from 'vitest';
import { possibleTypes, typePolicies } from '../src/apollo.js';
import { keys } from '../src/urql.js';

const MAX_GZIP_BYTES = 15_000;

/** What a bundler makes of everything that a front end can import from an entry of the package. */
async function bundle(entry: string, external: string[]) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export * from './${entry}'`,
      resolveDir: `${import.meta.dirname}/../src`,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
  });
  return { code: outputFiles[0]?.contents ?? new Uint8Array(), inputs: Object.keys(metafile.inputs) };
}

it(`The package with its hooks takes less than ${MAX_GZIP_BYTES} bytes gzip without graphql-ws and React`, async () => {
  const { code, inputs } = await bundle('react.js', ['graphql-ws', 'react']);
  expect(code.length).toBeGreaterThan(1_000);
  expect(gzipSync(code).length).toBeLessThan(MAX_GZIP_BYTES);
  expect(
    inputs.filter((file) => !/packages\/client\/src\/|node_modules\/graphql\/|^<stdin>$/.test(file)),
  ).toEqual([]);
});

it('A front end that uses all functions and documents gets no code of the gateway', async () => {
  const { inputs } = await bundle('index.js', ['graphql-ws']);
  expect(inputs.some((file) => file.endsWith('client/src/live-list.ts'))).toBe(true);
  for (const file of inputs)
    expect(file).toMatch(/packages\/client\/src\/|node_modules\/graphql\/|^<stdin>$/);
});

it('The tables for caches name every interface, union and object without an id of the schema', () => {
  const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type) || isUnionType(type)) {
      expect([...(possibleTypes[type.name] ?? [])].sort()).toEqual(
        schema
          .getPossibleTypes(type)
          .map(({ name }) => name)
          .sort(),
      );
    }
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isRoot = ['Query', 'Mutation', 'Subscription'].includes(type.name);
    const isKeyless = !isRoot && type.getFields().id === undefined;
    expect(type.name in keys, type.name).toBe(isKeyless);
    if (isKeyless) expect(typePolicies).toHaveProperty([type.name], { merge: true });
  }
});

it('Pages of recordings become one list for Apollo Client, which continues from its first page', () => {
  const { recordings } = typePolicies.Query.fields;
  const edge = (id: string) => ({ cursor: id, node: { __ref: `Recording:${id}` } });
  const first = { edges: [edge('a'), edge('b')], pageInfo: { endCursor: 'b' }, changeCursor: '1' };
  const second = { edges: [edge('b'), edge('c')], pageInfo: { endCursor: 'c' }, changeCursor: '2' };
  expect(recordings.merge(undefined, first, { args: null })).toBe(first);
  expect(recordings.merge(first, second, { args: { after: 'b' } })).toEqual({
    edges: [edge('a'), edge('b'), edge('c')],
    pageInfo: { endCursor: 'c' },
    changeCursor: '1',
  });
  expect(recordings.merge(first, second, { args: {} })).toBe(second);
});
