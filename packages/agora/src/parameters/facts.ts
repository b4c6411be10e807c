import { type AddressParts, pageAddressParts, pushAddressParts } from '../redaction/address.js';
import { REDACTED } from '../redaction/range.js';
import { redactText } from '../redaction/redact.js';
import { type Parameter, type ParameterTable, type Secrecy, type ValueOf } from './parameter.js';

/** The rows whose values may be shown. */
type OpenNames<Table> = {
  [Name in keyof Table]: Table[Name] extends { secrecy: 'secret' } ? never : Name;
}[keyof Table];

type FactValue<Row> = Row extends { type: { kind: 'objects'; of: infer Table } }
  ? FactsOf<Table>[]
  : Row extends { type: infer Type }
    ? ValueOf<Type>
    : never;

/** Whether a row always has a value: a required parameter, or one with a default. */
type HasValue<Row> = Row extends { required: true } | { defaultText: string }
  ? true
  : Row extends { default: null }
    ? false
    : true;

/** What is recorded of the parameters of a table: the values in force, without secrets. */
export type FactsOf<Table> = {
  -readonly [Name in OpenNames<Table>]: HasValue<Table[Name]> extends true
    ? FactValue<Table[Name]>
    : FactValue<Table[Name]> | null;
};

/** The same for a recording whose mode may not have the parameter. */
export type NullableFactsOf<Table> = {
  -readonly [Name in OpenNames<Table>]: FactValue<Table[Name]> | null;
};

export function hasValue({ required, default: value, defaultText }: Parameter): boolean {
  return required === true || value !== null || defaultText !== undefined;
}

export function isOpen({ secrecy }: Parameter): boolean {
  return secrecy !== 'secret';
}

function openRows(table: ParameterTable): [string, Parameter][] {
  return Object.entries(table).filter(([, row]) => isOpen(row));
}

type Values = Readonly<Record<string, unknown>>;

function addressPartsOf(secrecy: Secrecy | undefined): ((address: string) => AddressParts) | null {
  if (secrecy === 'push-address') return pushAddressParts;
  return secrecy === 'page-address' ? pageAddressParts : null;
}

function fact({ type, secrecy, default: value }: Parameter, given: unknown): unknown {
  if (given == null) return value;
  if (type.kind === 'objects') return (given as Values[]).map((item) => factsOf(type.of, item));
  const partsOf = addressPartsOf(secrecy);
  return partsOf === null ? given : partsOf(given as string).shown;
}

/** What is shown of a text that was given as a parameter. Credentials in the addresses of an open text are cut out, too. */
export function shownText(secrecy: Secrecy, text: string): string {
  if (secrecy === 'secret') return REDACTED;
  return addressPartsOf(secrecy)?.(text).shown ?? redactText(text);
}

/** What is recorded of the parameters: the values in force, Agora's defaults included, without secrets. */
export function factsOf<Table extends ParameterTable>(
  table: Table,
  input: Readonly<Partial<Record<keyof Table, unknown>>>,
): FactsOf<Table> {
  return Object.fromEntries(
    openRows(table).map(([name, row]) => [name, fact(row, input[name])]),
  ) as FactsOf<Table>;
}

/** Facts of a recording whose mode has none of these parameters. */
export function noFacts<Table extends ParameterTable>(table: Table): NullableFactsOf<Table> {
  return Object.fromEntries(openRows(table).map(([name]) => [name, null])) as NullableFactsOf<Table>;
}

/**
 * Facts that were recorded before a parameter was known, completed: the recording was started without it, so that Agora's
 * default is in force, where its mode has the parameter.
 */
export function completed<Facts extends object>(
  table: ParameterTable,
  facts: Facts,
  hasParameter: (row: Parameter) => boolean = () => true,
): Facts {
  const missing = openRows(table).filter(([name]) => (facts as Values)[name] === undefined);
  const defaults = missing.map(([name, row]) => [name, hasParameter(row) ? row.default : null]);
  return { ...facts, ...(Object.fromEntries(defaults) as Partial<Facts>) };
}

/** A secret that came with a parameter. */
export interface ParameterSecret {
  secrecy: Exclude<Secrecy, 'open'>;
  text: string;
}

/** The secrets among the parameters. */
export function secretsIn<Table extends ParameterTable>(
  table: Table,
  input: Readonly<Partial<Record<keyof Table, unknown>>>,
): ParameterSecret[] {
  return Object.entries(table).flatMap(([name, { type, secrecy = 'open' }]) => {
    const value = input[name];
    if (value == null) return [];
    if (type.kind === 'objects') return (value as Values[]).flatMap((item) => secretsIn(type.of, item));
    if (secrecy === 'open') return [];
    const partsOf = addressPartsOf(secrecy);
    const texts = partsOf === null ? [value as string] : partsOf(value as string).secrets;
    return texts.map((text) => ({ secrecy, text }));
  });
}
