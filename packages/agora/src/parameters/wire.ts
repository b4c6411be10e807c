import { type Parameter, type ParameterTable, type ValueOf } from './parameter.js';

type WireValue<Type> = Type extends { kind: 'objects'; of: infer Table }
  ? WireOf<Table, ''>[]
  : Type extends { kind: 'date' }
    ? number
    : ValueOf<Type>;

type Below<Wire, Prefix extends string> = Prefix extends ''
  ? Wire extends `${string}.${string}`
    ? never
    : Wire
  : Wire extends `${Prefix}.${infer Name}`
    ? Name extends `${string}.${string}`
      ? never
      : Name
    : never;

/** The parameters of a table directly below a path, as Agora names them. */
export type WireOf<Table, Prefix extends string> = {
  -readonly [
    Name in keyof Table as Table[Name] extends { wire: infer Wire } ? Below<Wire, Prefix> & string : never
  ]?: Table[Name] extends { type: infer Type } ? WireValue<Type> : never;
};

function wireValue({ type }: Parameter, value: unknown): unknown {
  if (type.kind === 'objects') {
    return (value as Readonly<Record<string, unknown>>[]).map((item) => wireBelow(type.of, '', item));
  }
  return value instanceof Date ? Math.floor(value.getTime() / 1000) : value;
}

/**
 * The parameters below a path as Agora takes them. What is omitted is left to Agora's default, unless the row says that it
 * is always sent.
 */
export function wireBelow<Table extends ParameterTable, Prefix extends string>(
  table: Table,
  prefix: Prefix,
  input: Readonly<Partial<Record<keyof Table, unknown>>>,
): WireOf<Table, Prefix> {
  const path = prefix === '' ? '' : `${prefix}.`;
  const sent = Object.entries(table).flatMap(([name, row]) => {
    const wire = row.wire.startsWith(path) ? row.wire.slice(path.length) : '.';
    const value = input[name] ?? (row.alwaysSent === true ? row.default : null);
    return wire.includes('.') || value === null ? [] : [[wire, wireValue(row, value)]];
  });
  return Object.fromEntries(sent) as WireOf<Table, Prefix>;
}
