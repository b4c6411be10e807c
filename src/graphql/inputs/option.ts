import 'reflect-metadata';
import { inputDescription, shownDescription } from '@agora-recording-gateway/agora/parameters/describe';
import { hasValue, isOpen } from '@agora-recording-gateway/agora/parameters/facts';
import {
  type Parameter,
  type ParameterTable,
  type Secrecy,
} from '@agora-recording-gateway/agora/parameters/parameter';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int } from 'type-graphql';
import {
  AudioProfile,
  AvFileType,
  ChannelType,
  DecryptionMode,
  MixedVideoLayout,
  Region,
  RenderMode,
  StreamMode,
  StreamTypes,
  SubscribeUidGroup,
  VideoStreamType,
} from '../enums/start-option.js';
import { StorageEncryption } from '../enums/storage.js';

/** The enums that name the values of a choice. */
export const CHOICES: Readonly<Record<string, Record<string, number | string>>> = {
  AudioProfile,
  AvFileType,
  ChannelType,
  DecryptionMode,
  MixedVideoLayout,
  Region,
  RenderMode,
  StorageEncryption,
  StreamMode,
  StreamTypes,
  SubscribeUidGroup,
  VideoStreamType,
};

type Class = abstract new (...parameters: never[]) => object;

function enumOf(name: string): Record<string, number | string> {
  const found = CHOICES[name];
  if (found === undefined) throw new Error(`No enum is registered for the choice ${name}.`);
  return found;
}

/** The type in the schema. `items`: the class of a list of objects. */
function typeOf({ type }: Parameter, items: Class | undefined) {
  switch (type.kind) {
    case 'integer':
      return Int;
    case 'fraction':
      return Float;
    case 'boolean':
      return Boolean;
    case 'text':
      return String;
    case 'date':
      return GraphQLDateTime;
    case 'texts':
      return [String];
    case 'choice':
      return enumOf(type.name);
    case 'choices':
      return [enumOf(type.name)];
    case 'objects':
      if (items === undefined) throw new Error('A list of objects needs the class of its items.');
      return [items];
  }
}

/** A value as the schema names it: the name of a choice, any other value as it is. */
function nameOf({ type }: Parameter, value: number | string | boolean): string {
  if (type.kind !== 'choice' && type.kind !== 'choices') return String(value);
  return Object.entries(enumOf(type.name)).find(([, other]) => other === value)?.[0] ?? String(value);
}

/** The description of a parameter in the schema, with its bounds and its default. */
export function optionDescription(row: Parameter): string {
  return inputDescription(row, (value) => nameOf(row, value));
}

const SECRECY = Symbol('secrecy');

/** Declares a field of an input as the parameter of a row: type, nullability, description and secrecy. */
export function Option(row: Parameter, items?: () => Class): PropertyDecorator {
  const { secrecy = 'open', required } = row;
  const field = Field(() => typeOf(row, items?.()) as never, {
    nullable: required !== true,
    description: optionDescription(row),
  });
  return (target, name) => {
    field(target, name);
    Reflect.defineMetadata(SECRECY, secrecy, target, name);
  };
}

/** The secrecy of a field of an input class, or of a class that it extends; undefined for what is not an option of Agora. */
export function secrecyOf(input: Class, name: string): Secrecy | undefined {
  return Reflect.getMetadata(SECRECY, input.prototype as object, name) as Secrecy | undefined;
}

/**
 * Adds a field for each parameter of a table to an object type that shows them. Secrets have none. `items`: the types of
 * lists of objects. `nullable`: whether every field may be null, since not every recording has the parameter.
 */
export function showOptions(
  target: Class,
  table: ParameterTable,
  { items = {}, nullable = false }: { items?: Record<string, () => Class>; nullable?: boolean } = {},
): void {
  for (const [name, row] of Object.entries(table)) {
    if (!isOpen(row)) continue;
    const options = { nullable: nullable || !hasValue(row), description: shownDescription(row) };
    Field(() => typeOf(row, items[name]?.()) as never, options)(target.prototype as object, name);
  }
}
