import { type Mode } from '../tables/operations.js';
import { type FormatName } from './formats.js';

/** The largest Int of GraphQL: the bound where Agora states none. */
export const MAX_INT = 2 ** 31 - 1;

/** What a parameter takes, with its bounds. */
export type ParameterType =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly unit?: string }
  /** From 0 to 1. */
  | { readonly kind: 'fraction' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text'; readonly maxLength?: number; readonly format?: FormatName }
  /** One of Agora's values. `name`: of the enum that names them in the schema. */
  | { readonly kind: 'choice'; readonly name: string; readonly values: readonly (number | string)[] }
  /** A point in time; Unix seconds at Agora. */
  | { readonly kind: 'date' }
  | { readonly kind: 'texts'; readonly maxItems: number; readonly format?: FormatName }
  | { readonly kind: 'choices'; readonly name: string; readonly values: readonly (number | string)[] }
  | { readonly kind: 'objects'; readonly maxItems: number; readonly of: ParameterTable };

/** What must not be shown of a value: nothing, all of it, or the credentials in an address (redaction/address.ts). */
export type Secrecy = 'open' | 'secret' | 'push-address' | 'page-address';

/** One parameter of Agora's requests that a caller can set: everything about it that does not depend on other parameters. */
export interface Parameter {
  /** Where it goes: the path below clientRequest. The parameters of an extension service are below the name of the service. */
  readonly wire: string;
  readonly type: ParameterType;
  /** The value in force where it is omitted; null if there is none. */
  readonly default: number | boolean | string | readonly string[] | null;
  /** In words, for a default that depends on other parameters. */
  readonly defaultText?: string;
  /** The meaning of its absence, if it has no default value. */
  readonly absent?: string;
  readonly required?: boolean;
  /** Whether the default is sent where it is omitted: some documents require the parameter. */
  readonly alwaysSent?: boolean;
  /** The modes that have it. */
  readonly modes: readonly Mode[];
  readonly secrecy?: Secrecy;
  /** What it is, as the beginning of a sentence, for inputs and for what is shown of a recording. */
  readonly description: string;
  /** Further sentences for those who set it. */
  readonly note?: string;
}

export type ParameterTable = { readonly [name: string]: Parameter };

export const CHANNEL_MODES: readonly Mode[] = ['individual', 'mix'];
export const COMPOSITE: readonly Mode[] = ['mix'];
export const INDIVIDUAL: readonly Mode[] = ['individual'];
export const WEB: readonly Mode[] = ['web'];
export const ALL_MODES: readonly Mode[] = ['individual', 'mix', 'web'];

export function integer(min: number, max: number, unit?: string) {
  return { kind: 'integer', min, max, unit } as const;
}

export const fraction = { kind: 'fraction' } as const;
export const boolean = { kind: 'boolean' } as const;
export const date = { kind: 'date' } as const;

export function text(format?: FormatName, maxLength?: number) {
  return { kind: 'text', format, maxLength } as const;
}

export function texts(maxItems: number, format?: FormatName) {
  return { kind: 'texts', maxItems, format } as const;
}

export function choice<const V extends number | string>(name: string, values: readonly V[]) {
  return { kind: 'choice', name, values } as const;
}

export function choices<const V extends number | string>(name: string, values: readonly V[]) {
  return { kind: 'choices', name, values } as const;
}

export function objects<T extends ParameterTable>(of: T, maxItems: number) {
  return { kind: 'objects', of, maxItems } as const;
}

/** The value of a parameter of a type. Choices are as wide as GraphQL gives them. */
export type ValueOf<Type> = Type extends { kind: 'integer' | 'fraction' }
  ? number
  : Type extends { kind: 'boolean' }
    ? boolean
    : Type extends { kind: 'text' }
      ? string
      : Type extends { kind: 'date' }
        ? Date
        : Type extends { kind: 'texts' }
          ? string[]
          : Type extends { kind: 'choice'; values: readonly (infer V)[] }
            ? Widened<V>
            : Type extends { kind: 'choices'; values: readonly (infer V)[] }
              ? Widened<V>[]
              : Type extends { kind: 'objects'; of: infer Table }
                ? InputOf<Table>[]
                : never;

type Widened<V> = V extends number ? number : string;

type RequiredNames<Table> = {
  [Name in keyof Table]: Table[Name] extends { required: true } ? Name : never;
}[keyof Table];

type TypeOf<Row> = Row extends { type: infer Type } ? Type : never;

type Simplified<T> = { [Key in keyof T]: T[Key] };

/** The input that a table describes. */
export type InputOf<Table> = Simplified<
  { [Name in RequiredNames<Table>]: ValueOf<TypeOf<Table[Name]>> } & {
    [Name in Exclude<keyof Table, RequiredNames<Table>>]?: ValueOf<TypeOf<Table[Name]>> | null;
  }
>;
