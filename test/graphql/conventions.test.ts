import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, it } from 'vitest';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

/** Enums whose UNKNOWN stands for nothing that Agora said. */
const NOTHING_SAID = ['RecordingMode', 'RecordingEndReason', 'UploadState', 'LeaveReason'];

/** Where what Agora said is in `raw` of the event. */
const IN_EVENTS = ['TranscodedUser.result'];

it('Next to a field whose enum has UNKNOWN stands what Agora said', () => {
  const lacking = types.flatMap((type) => {
    if (!isObjectType(type)) return [];
    const fields = type.getFields();
    if ('raw' in fields) return [];
    return Object.values(fields)
      .filter((field) => {
        const shown = getNamedType(field.type);
        if (!isEnumType(shown) || shown.getValue('UNKNOWN') == null) return false;
        if (NOTHING_SAID.includes(shown.name)) return false;
        const raw = `raw${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
        return !(raw in fields) && !(`${field.name}Code` in fields);
      })
      .map((field) => `${type.name}.${field.name}`);
  });
  expect(lacking).toEqual(IN_EVENTS);
});

it('START_IN_DOUBT is named only where it can happen', () => {
  const naming = types
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) =>
      [type, ...Object.values(type.getFields())].some(({ description }) =>
        description?.includes('START_IN_DOUBT'),
      ),
    );
  expect(naming.map(({ name }) => name)).toEqual(['StartRecordingPayload']);
});

it('Every scalar of the schema names its specification', () => {
  for (const type of types.filter(isScalarType)) {
    if (isSpecifiedScalarType(type)) continue;
    expect(type.specifiedByURL, type.name).toMatch(/^https:/);
  }
});

it('The types of a union give a field of one name one type, so that one selection can take it from all', () => {
  const settings = schema.getType('RecordingSettings');
  const byName = new Map<string, Set<string>>();
  for (const type of schema.getPossibleTypes(settings as never)) {
    for (const field of Object.values(type.getFields()))
      byName.set(field.name, (byName.get(field.name) ?? new Set()).add(String(field.type)));
  }
  for (const [name, kinds] of byName) expect([name, ...kinds]).toHaveLength(2);
});
