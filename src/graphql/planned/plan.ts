import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLBoolean,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_PLANNED_SELECTIONS } from '../limits/bounds.js';
import { fieldBytes, isPropertyField } from '../limits/reply-budget.js';
import { keepOf } from '../number-ranges.js';

/** A field of one object type, with all that can be known of it before it is executed. */
export interface PlannedField {
  /** Its place among all fields of the plan. */
  index: number;
  key: string;
  /** What its name adds to the reply. */
  bytes: number;
  parentType: GraphQLObjectType;
  definition: GraphQLField<unknown, unknown>;
  nodes: FieldNode[];
  resolve: GraphQLFieldResolver<unknown, unknown>;
  /** Whether it is a property of its parent. */
  isProperty: boolean;
  /** Keeps the property within the range of its type; undefined where it may have any value. */
  keep: ((value: unknown) => unknown) | undefined;
  value: PlannedValue;
}

/** `__typename`: the same for all objects of the type. */
export interface PlannedTypeName {
  key: string;
  bytes: number;
  typeName: string;
}

export type PlannedFields = readonly (PlannedField | PlannedTypeName)[];

export type PlannedValue = { isNonNull: boolean; type: GraphQLOutputType } & (
  | {
      kind: 'leaf';
      leaf: GraphQLLeafType;
      /** Values of this JavaScript type are written as they are. */
      asIs: 'string' | 'boolean' | null;
    }
  | { kind: 'list'; item: PlannedValue }
  | { kind: 'object'; fields: PlannedFields }
  | { kind: 'abstract'; abstract: GraphQLAbstractType; fieldsOf: ReadonlyMap<string, PlannedFields> }
);

/** How one operation is executed. */
export interface Plan {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  fields: PlannedFields;
  /** Selections that were looked at, which bound its size. */
  selections: number;
}

/** Thrown inside only: graphql executes the operation as it is. */
class NotPlanned extends Error {}

const AS_IS = new Map<GraphQLLeafType, 'string' | 'boolean'>([
  [GraphQLString, 'string'],
  [GraphQLID, 'string'],
  [GraphQLBoolean, 'boolean'],
]);

class Planner {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  #fields = 0;
  selections = 0;

  constructor(schema: GraphQLSchema, fragments: Readonly<Record<string, FragmentDefinitionNode>>) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  fieldsOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): PlannedFields {
    if (type.isTypeOf != null) throw new NotPlanned();
    const collected = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(type, set, collected, spread);
    return [...collected].map(([key, nodes]) => this.#field(type, key, nodes));
  }

  /** Puts the fields that apply to a type together by their response name, in the order in which they are first met. */
  #collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    collected: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const selection of selections) {
      this.#count(selection);
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const nodes = collected.get(key);
        if (nodes === undefined) collected.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      let applied: Pick<FragmentDefinitionNode, 'selectionSet'> & {
        typeCondition?: FragmentDefinitionNode['typeCondition'];
      };
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        const fragment = this.#fragments[name];
        if (fragment === undefined) throw new NotPlanned();
        if (spread.has(name)) continue;
        spread.add(name);
        applied = fragment;
      } else {
        applied = selection;
      }
      if (this.#applies(applied.typeCondition?.name.value, type)) {
        this.#collect(type, applied.selectionSet, collected, spread);
      }
    }
  }

  #count({ directives = [] }: SelectionNode): void {
    this.selections += 1;
    // Which fields there are would depend on variables.
    if (directives.length > 0 || this.selections > MAX_PLANNED_SELECTIONS) throw new NotPlanned();
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditional = this.#schema.getType(condition);
    return isAbstractType(conditional) && this.#schema.isSubType(conditional, type);
  }

  #field(parentType: GraphQLObjectType, key: string, nodes: FieldNode[]): PlannedField | PlannedTypeName {
    // As the name of a property it would change the object that it is set in.
    if (key === '__proto__') throw new NotPlanned();
    const name = nodes[0]?.name.value ?? '';
    const bytes = fieldBytes(key);
    if (name === '__typename') return { key, bytes, typeName: parentType.name };
    const definition = parentType.getFields()[name];
    // __schema and __type are fields of no type.
    if (definition?.resolve === undefined) throw new NotPlanned();
    const index = this.#fields;
    this.#fields += 1;
    return {
      index,
      key,
      bytes,
      parentType,
      definition,
      nodes,
      resolve: definition.resolve,
      isProperty: isPropertyField(definition),
      keep: keepOf(definition),
      value: this.#value(definition.type, nodes),
    };
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): PlannedValue {
    const isNonNull = isNonNullType(type);
    const inner = isNonNull ? type.ofType : type;
    if (isListType(inner)) return { type, isNonNull, kind: 'list', item: this.#value(inner.ofType, nodes) };
    if (isLeafType(inner)) {
      return { type, isNonNull, kind: 'leaf', leaf: inner, asIs: AS_IS.get(inner) ?? null };
    }
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    if (!isAbstractType(inner)) {
      return { type, isNonNull, kind: 'object', fields: this.fieldsOf(inner, sets) };
    }
    const fieldsOf = new Map(
      this.#schema.getPossibleTypes(inner).map((possible) => [possible.name, this.fieldsOf(possible, sets)]),
    );
    return { type, isNonNull, kind: 'abstract', abstract: inner, fieldsOf };
  }
}

/**
 * Works out how an operation of a valid document is executed; null if graphql must execute it: mutations, whose fields run one
 * after the other, introspection, @skip and @include, and what would take too many selections. The fields of an interface are
 * planned for each of its types.
 */
export function planOperation(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
): Plan | null {
  const root = schema.getRootType(operation.operation);
  if (root == null || operation.operation === OperationTypeNode.MUTATION) return null;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const planner = new Planner(schema, fragments);
  try {
    const fields = planner.fieldsOf(root, [operation.selectionSet]);
    return { schema, operation, fragments, fields, selections: planner.selections };
  } catch (error) {
    if (error instanceof NotPlanned) return null;
    throw error;
  }
}
