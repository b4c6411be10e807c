import * as fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isUnionType,
} from 'graphql';

export interface AnyOperation {
  query: string;
  operationName?: string;
  variables: Record<string, unknown>;
}

/** Names that objects have by themselves, and some that need quoting. */
const STRANGE = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  '\u0000',
  '😀',
  'a'.repeat(300),
];

const MAX_DEPTH = 9;

/** Writes one operation with what random choices say. It keeps to the schema most of the time. */
class Writer {
  readonly #schema: GraphQLSchema;
  readonly #g: fc.GeneratorValue;
  readonly #fragments = new Map<string, string>();
  readonly #variables = new Map<string, { type: string; value: unknown }>();
  /** Half of the documents are written without faults. */
  readonly #faulty: boolean;
  #aliases = 0;

  constructor(schema: GraphQLSchema, g: fc.GeneratorValue) {
    this.#schema = schema;
    this.#g = g;
    this.#faulty = g(fc.boolean);
  }

  #upTo(max: number): number {
    return this.#g(fc.nat, max);
  }

  /** True once in so many times. */
  #rarely(times: number): boolean {
    return this.#upTo(times - 1) === times - 1;
  }

  #faultOnceIn(times: number): boolean {
    return this.#faulty && this.#rarely(times);
  }

  #oneOf<T>(items: readonly T[]): T | undefined {
    return items[this.#upTo(Math.max(0, items.length - 1))];
  }

  operation(): AnyOperation {
    const [kind, type] =
      this.#oneOf([
        ...Array.from({ length: 8 }, () => ['query', this.#schema.getQueryType()] as const),
        ['mutation', this.#schema.getMutationType()] as const,
        ['subscription', this.#schema.getSubscriptionType()] as const,
      ]) ?? [];
    const selection = this.#selection(type ?? undefined, 0);
    const named = this.#rarely(3);
    const directive = this.#faultOnceIn(20) ? ' @skip(if: true)' : '';
    const definitions = [...this.#variables].map(([name, { type: of }]) => `$${name}: ${of}`).join(', ');
    const operation = `${kind ?? ''}${named ? ' o' : ''}${definitions === '' ? '' : `(${definitions})`}${directive} ${selection}`;
    const other = this.#faultOnceIn(10) ? ' query p { __typename }' : '';
    return {
      query: this.#damaged([operation, ...this.#fragments.values()].join(' ') + other),
      ...(this.#faultOnceIn(6) ? { operationName: this.#oneOf(['o', 'p', '', ...STRANGE]) } : {}),
      variables: Object.fromEntries(
        [...this.#variables].flatMap(([name, { value }]) => (this.#faultOnceIn(20) ? [] : [[name, value]])),
      ),
    };
  }

  /** Now and then a part of the text is lost, doubled, or repeated many times. */
  #damaged(text: string): string {
    if (!this.#faultOnceIn(6)) return text;
    const at = this.#upTo(text.length);
    const end = Math.min(text.length, at + this.#upTo(20));
    const part = text.slice(at, end);
    const times = this.#oneOf([0, 0, 2, 50, 2_000]) ?? 0;
    return text.slice(0, at) + part.repeat(times) + text.slice(end);
  }

  #selection(type: GraphQLNamedType | undefined, depth: number): string {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const count = 1 + this.#upTo(depth === 0 ? 1 : 4);
    const parts = Array.from({ length: count }, () => this.#part(type, fields, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #part(
    type: GraphQLNamedType | undefined,
    fields: readonly GraphQLField<unknown, unknown>[],
    depth: number,
  ): string {
    if (this.#faultOnceIn(25)) return this.#oneOf(['__typename', 'unknown', ...STRANGE]) ?? '';
    if (this.#rarely(40)) return '__schema { types { name fields { name } } }';
    if (isUnionType(type) || isInterfaceType(type) || this.#rarely(8)) {
      const on = this.#oneOf([
        ...(isUnionType(type) || isInterfaceType(type) ? this.#schema.getPossibleTypes(type) : [type]),
      ]);
      if (depth < MAX_DEPTH) return this.#spread(on, depth);
    }
    const field = this.#oneOf(
      fields.filter((each) => depth < MAX_DEPTH || isLeafType(getNamedType(each.type))),
    );
    if (field === undefined) return '__typename';
    const given = field.args.filter(({ type: of }) => String(of).endsWith('!') || this.#rarely(2));
    const written = given.map((each) => `${each.name}: ${this.#argument(each.type)}`).join(', ');
    const alias = this.#alias(written !== '');
    const of = getNamedType(field.type);
    const selection = isLeafType(of) && !this.#faultOnceIn(60) ? '' : ` ${this.#selection(of, depth + 1)}`;
    const directive = this.#faultOnceIn(30)
      ? (this.#oneOf([' @skip(if: false)', ' @include(if: 1)', ' @no']) ?? '')
      : '';
    return `${alias}${field.name}${written === '' ? '' : `(${written})`}${directive}${selection}`;
  }

  /** Fields with arguments need a unique alias, or they conflict with others of their name. */
  #alias(hasArguments: boolean): string {
    if (this.#faultOnceIn(6)) return `${this.#oneOf(['a', 'b', '__proto__', 'constructor']) ?? 'a'}: `;
    this.#aliases += 1;
    return hasArguments ? `a${this.#aliases}: ` : '';
  }

  #spread(type: GraphQLNamedType | undefined, depth: number): string {
    const name = `f${this.#faultOnceIn(8) ? '' : (type?.name ?? '')}${this.#upTo(2)}`;
    // Empty while it is written: spread there, it would spread itself.
    const isOpen = this.#fragments.get(name) === '' && !this.#faultOnceIn(2);
    if (isOpen || this.#rarely(2)) {
      return `... on ${type?.name ?? 'Nothing'} ${this.#selection(type, depth + 1)}`;
    }
    if (!this.#fragments.has(name)) {
      this.#fragments.set(name, '');
      this.#fragments.set(
        name,
        `fragment ${name} on ${type?.name ?? 'Nothing'} ${this.#selection(type, depth + 1)}`,
      );
    }
    return `...${name}`;
  }

  #argument(type: GraphQLInputType): string {
    if (!this.#rarely(4)) return this.#literal(this.#value(type, 0), getNamedType(type));
    const name = `v${this.#variables.size}`;
    this.#variables.set(name, { type: String(type), value: this.#value(type, 0) });
    return `$${name}`;
  }

  #value(type: GraphQLInputType, depth: number): unknown {
    if (this.#faultOnceIn(12)) return this.#wrong();
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      return Array.from({ length: this.#upTo(2) }, () => this.#value(nullable.ofType, depth + 1));
    }
    const named = getNamedType(type);
    if (isInputObjectType(named)) {
      const all = Object.values(named.getFields());
      const fields = named.isOneOf
        ? [this.#oneOf(all)]
        : all.filter((each) => String(each.type).endsWith('!') || (depth < 3 && this.#rarely(3)));
      return Object.fromEntries(
        fields.flatMap((each) =>
          each === undefined ? [] : [[each.name, this.#value(each.type, depth + 1)]],
        ),
      );
    }
    if (isEnumType(named)) return this.#oneOf(named.getValues())?.name;
    switch (named.name) {
      case 'Int':
        return this.#oneOf(this.#faulty ? [0, 1, 100, -1, 2 ** 31] : [1, 2, 5]);
      case 'Float':
        return this.#oneOf(this.#faulty ? [0, 0.5, -1, 1e300] : [0.5, 1]);
      case 'Boolean':
        return this.#rarely(2);
      default:
        return this.#oneOf(['x', '7', 'channel', ...STRANGE]);
    }
  }

  #wrong(): unknown {
    const values: unknown[] = [null, 1, -0.5, 'text', true, [], [[[[1]]]], {}, { constructor: [] }, STRANGE];
    return this.#oneOf(values);
  }

  #literal(value: unknown, type: GraphQLNamedType): string {
    if (Array.isArray(value)) return `[${value.map((each) => this.#literal(each, type)).join(', ')}]`;
    if (typeof value === 'object' && value !== null) {
      const fields = Object.entries(value).map(([name, each]) => {
        const field = isInputObjectType(type) ? type.getFields()[name] : undefined;
        return `${name}: ${this.#literal(each, field === undefined ? type : getNamedType(field.type))}`;
      });
      return `{${fields.join(', ')}}`;
    }
    if (typeof value === 'string' && isEnumType(type)) return value;
    return JSON.stringify(value) ?? 'null';
  }
}

/** Operations on a schema, most of them valid and some damaged, with values of all kinds in arguments and variables. */
export function anyOperation(schema: GraphQLSchema): fc.Arbitrary<AnyOperation> {
  return fc.gen().map((g) => new Writer(schema, g).operation());
}
