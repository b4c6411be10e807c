import { registerEnumType } from 'type-graphql';

/** A value of an enum: what it stands for inside the gateway, and what it means. */
type Value<T extends string | number> = readonly [value: T, description: string];

/** Registers an enum of the schema from one table, so that every value carries its description. */
export function defineEnum<Name extends string, T extends string | number>(
  name: string,
  description: string,
  values: Record<Name, Value<T>>,
): Record<Name, T> {
  const entries = Object.entries(values) as [Name, Value<T>][];
  const object = Object.fromEntries(entries.map(([key, [value]]) => [key, value])) as Record<Name, T>;
  const valuesConfig = Object.fromEntries(
    entries.map(([key, [, text]]) => [key, { description: text }]),
  ) as Record<Name, { description: string }>;
  registerEnumType(object, { name, description, valuesConfig });
  return object;
}

/** The values of an enum whose names are what the gateway uses inside. */
export function named<Name extends string>(
  rows: readonly { readonly name: Name; readonly description: string }[],
): Record<Name, Value<Name>> {
  return Object.fromEntries(
    rows.map(({ name, description }) => [name, [name, description]]),
  ) as unknown as Record<Name, Value<Name>>;
}
