import {
  getNamedType,
  GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { factsOf, isOpen, secretsIn } from '@agora-recording-gateway/agora/parameters/facts';
import { type Parameter } from '@agora-recording-gateway/agora/parameters/parameter';
import { PARAMETER_TABLES, wireName } from '@agora-recording-gateway/agora/parameters/tables';
import { wireBelow } from '@agora-recording-gateway/agora/parameters/wire';
import { isSecretProperty } from '@agora-recording-gateway/agora/redaction/labels';
import { fieldsWithoutSecrets } from '../../src/graphql/access/input-without-secrets.js';
import { CHOICES, optionDescription } from '../../src/graphql/inputs/option.js';
import { createSchema } from '../../src/graphql/schema.js';

const schema = createSchema();

const rows = Object.entries(PARAMETER_TABLES).flatMap(([input, table]) =>
  Object.entries(table).map(([name, row]) => [`${input}.${name}`, input, name, row] as const),
);

/** A value that the row takes. */
function example(row: Parameter): unknown {
  const { type } = row;
  switch (type.kind) {
    case 'integer':
      return type.min;
    case 'fraction':
      return 0.5;
    case 'boolean':
      return true;
    case 'date':
      return new Date(1_800_000_000_000);
    case 'choice':
      return type.values.at(-1);
    case 'choices':
      return [...type.values];
    case 'texts':
      return ['901001'];
    case 'objects':
      return [Object.fromEntries(Object.entries(type.of).map(([name, inner]) => [name, example(inner)]))];
    case 'text': {
      const formats = {
        uid: '71',
        'region-uid': '#allstream#',
        'uid-or-all': '71',
        colour: '#FF8800',
        salt: Buffer.alloc(32, 7).toString('base64'),
        'web-address': 'https://acme.example/a?key=CANARY-in-query',
        'https-address': 'https://user:CANARY-password@acme.example/a.jpg',
        'push-address': 'rtmp://cdn.example/live/CANARY-stream-key',
      };
      return type.format === undefined ? 'CANARY-text' : formats[type.format];
    }
  }
}

/** A value just outside the bounds; undefined if the row has none. */
function outside({ type }: Parameter): unknown {
  switch (type.kind) {
    case 'integer':
      return type.min - 1;
    case 'fraction':
      return 1.01;
    case 'text':
      if (type.format !== undefined) return 'anything else';
      return type.maxLength === undefined ? undefined : 'a'.repeat(type.maxLength + 1);
    case 'texts':
      return Array.from({ length: type.maxItems + 1 }, () => '1');
    case 'objects':
      return Array.from({ length: type.maxItems + 1 }, () => ({}));
    case 'boolean':
    case 'date':
    case 'choice':
    case 'choices':
      return undefined;
  }
}

const parentOf = ({ wire }: Parameter) => wire.slice(0, Math.max(0, wire.lastIndexOf('.')));

describe('The row of an option', () => {
  it.each(rows)('decides its field in the schema: %s', (_label, input, name, row) => {
    const type = schema.getType(input) as GraphQLInputObjectType;
    const field = type.getFields()[name];
    expect(field?.description).toBe(optionDescription(row));
    expect(String(field?.type).endsWith('!')).toBe(row.required === true);
    if (row.type.kind === 'choice' || row.type.kind === 'choices') {
      expect(Object.values(CHOICES[row.type.name] ?? {}).toSorted()).toEqual([...row.type.values].toSorted());
      expect(schema.getType(row.type.name)).toBeInstanceOf(GraphQLEnumType);
    }
  });

  it.each(rows)('decides its bounds: %s', (_label, _input, name, row) => {
    const rules = boundRules({ [name]: row });
    const broken = (value: unknown) => rules.some((rule) => rule.broken({ [name]: value }));
    expect(broken(example(row))).toBe(false);
    expect(broken(null)).toBe(false);
    const wrong = outside(row);
    expect(wrong === undefined ? rules : broken(wrong)).toEqual(wrong === undefined ? [] : true);
    for (const rule of rules) expect(rule.message({ [name]: wrong ?? example(row) })).toContain(name);
  });

  it.each(rows)('decides where its value goes: %s', (_label, _input, name, row) => {
    const value = example(row);
    const sent = wireBelow({ [name]: row }, parentOf(row), { [name]: value }) as Record<string, unknown>;
    expect(Object.keys(sent)).toEqual([wireName(row)]);
    if (row.type.kind !== 'objects' && row.type.kind !== 'date') expect(sent[wireName(row)]).toEqual(value);
    const omitted = wireBelow({ [name]: row }, parentOf(row), {});
    expect(omitted).toEqual(row.alwaysSent === true ? { [wireName(row)]: row.default } : {});
  });

  it.each(rows)('decides what is recorded of it, and what is redacted: %s', (_label, _input, name, row) => {
    const value = example(row);
    const facts = factsOf({ [name]: row }, { [name]: value });
    expect(Object.keys(facts)).toEqual(isOpen(row) ? [name] : []);
    if (row.secrecy === undefined) return;
    expect(JSON.stringify(facts)).not.toContain('CANARY');
    expect(secretsIn({ [name]: row }, { [name]: value })).not.toEqual([]);
    expect(isSecretProperty(wireName(row))).toBe(row.secrecy === 'secret');
  });

  it('is not missing for a field of an input class with options', () => {
    const own: Record<string, string[]> = {
      AcquireResourceInput: [
        'appId',
        'channel',
        'uid',
        'storage',
        'storageConfig',
        'token',
        'scene',
        'config',
      ],
      StartRecordingInput: [
        ...['appId', 'channel', 'uid', 'storage', 'storageConfig', 'config'],
        ...['resourceId', 'idempotencyKey', 'metadata'],
      ],
      CompositeConfigInput: ['transcodingConfig'],
      IndividualConfigInput: ['snapshotConfig'],
      StorageConfigInput: ['location', 'extensionParams'],
    };
    for (const [input, table] of Object.entries(PARAMETER_TABLES)) {
      const fields = Object.keys((schema.getType(input) as GraphQLInputObjectType).getFields());
      expect(fields.toSorted(), input).toEqual([...Object.keys(table), ...(own[input] ?? [])].toSorted());
    }
  });

  it.each(rows)('is in the audit trail without its secrets: %s', (_label, input, name, row) => {
    const { [name]: field } = (schema.getType(input) as GraphQLInputObjectType).getFields();
    if (field === undefined) throw new Error(`${input} has no ${name}.`);
    const secrets = secretsIn({ [name]: row }, { [name]: example(row) });
    const shown = JSON.stringify(fieldsWithoutSecrets([field], { [name]: example(row) }));
    for (const { text } of secrets) expect(shown).not.toContain(text);
    if (secrets.length === 0) expect(shown).not.toContain('[redacted]');
  });

  it('declares what is secret: all other texts of inputs are open, and in the audit trail as they are', () => {
    const isText = (type: GraphQLInputType) => ['String', 'ID'].includes(getNamedType(type).name);
    const open = Object.values(schema.getTypeMap())
      .filter((type) => type instanceof GraphQLInputObjectType && !type.name.endsWith('Filter'))
      .flatMap((type) =>
        Object.values((type as GraphQLInputObjectType).getFields())
          .filter((field) => isText(field.type) && !('secrecy' in field.extensions))
          .map((field) => field.name),
      );
    expect([...new Set(open)].sort()).toEqual([
      ...[
        'appId',
        'channel',
        'endpoint',
        'id',
        'idempotencyKey',
        'key',
        'profile',
        'recordingId',
        'resourceId',
      ],
      ...['sid', 'storage', 'uid', 'value'],
    ]);
  });

  it('shows every option that is not secret in the settings of a recording', () => {
    const shown = (type: string) => Object.keys((schema.getType(type) as GraphQLObjectType).getFields());
    const open = (...inputs: string[]) =>
      inputs.flatMap((input) =>
        Object.entries(PARAMETER_TABLES[input] ?? {})
          .filter(([, row]) => isOpen(row))
          .map(([name]) => name),
      );
    for (const mode of ['Composite', 'Individual', 'Web'])
      expect(shown(`${mode}Settings`)).toEqual(expect.arrayContaining(open(`${mode}ConfigInput`)));
    expect(shown('TranscodingSettings')).toEqual(expect.arrayContaining(open('TranscodingConfigInput')));
    expect(shown('SnapshotSettings')).toEqual(open('SnapshotConfigInput'));
    expect(shown('CompositeSettings')).not.toContain('secret');
  });
});
