import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.js';

interface Described {
  name: string;
  description?: string | null | undefined;
}

function elementsOf(type: GraphQLNamedType): [string, Described][] {
  const named = (list: readonly Described[]) =>
    list.map((element): [string, Described] => [`${type.name}.${element.name}`, element]);
  const own: [string, Described][] = [[type.name, type]];
  if (isEnumType(type)) return [...own, ...named(type.getValues())];
  if (isInputObjectType(type)) return [...own, ...named(Object.values(type.getFields()))];
  if (!isObjectType(type) && !isInterfaceType(type)) return own;
  const fields = Object.values(type.getFields());
  return [
    ...own,
    ...named(fields),
    ...fields.flatMap((field) =>
      field.args.map((argument): [string, Described] => [
        `${type.name}.${field.name}(${argument.name}:)`,
        argument,
      ]),
    ),
  ];
}

describe('The schema', () => {
  const schema = createSchema();
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  const elements = [
    ...types.flatMap(elementsOf),
    ...directives.flatMap((directive): [string, Described][] => [
      [`@${directive.name}`, directive],
      ...directive.args.map((argument): [string, Described] => [
        `@${directive.name}(${argument.name}:)`,
        argument,
      ]),
    ]),
  ];

  it('describes each of its types, fields, arguments, input fields, enum values and directives in sentences', () => {
    const wanting = elements.filter(([, { description }]) => !/^\S[^]*[.:]$/.test(description ?? ''));
    expect(wanting.map(([name, { description }]) => `${name}: ${description ?? 'nothing'}`)).toEqual([]);
  });

  it('has all kinds of them, so that this test looks at what there is', () => {
    const names = elements.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'Recording',
        'Recording.phase',
        'Query.recording(by:)',
        'RecordingPhase.STARTING',
        'StartRecordingInput.channel',
        'RecordingEvent.occurredAt',
        'FileList',
        'DateTime',
      ]),
    );
    expect(names.length).toBeGreaterThan(400);
  });
});
