import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { JSON_WEIGHT } from './bounds.js';
import { isReadFromStore, sizeOf } from './list-sizes.js';

/** What an operation asks for with its fragments expanded. */
export interface Measure {
  depth: number;
  /** Levels inside `__schema` and `__type`, which do not count as depth. */
  introspectionDepth: number;
  aliases: number;
  /** Fields, inline fragments and fragment spreads. */
  selections: number;
  introspections: number;
  /** Pages that the store reads. */
  pages: number;
  /** Values that the reply may hold by the sizes of its pages and lists. */
  values: number;
}

function nothing(): Measure {
  return {
    depth: 0,
    introspectionDepth: 0,
    aliases: 0,
    selections: 0,
    introspections: 0,
    pages: 0,
    values: 0,
  };
}

/** Fragments that spread each other double a count with each level; it stops growing here. */
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

const DEPTHS = ['depth', 'introspectionDepth'] as const;
const SUMS = ['aliases', 'selections', 'introspections', 'pages', 'values'] as const;

/** Adds what is selected next to the rest. */
function add(sum: Measure, other: Measure): void {
  for (const name of DEPTHS) sum[name] = Math.max(sum[name], other[name]);
  for (const name of SUMS) sum[name] = Math.min(sum[name] + other[name], MAX_COUNT);
}

function largest(measures: Iterable<Measure>): Measure {
  const result = nothing();
  for (const measure of measures) {
    for (const name of [...DEPTHS, ...SUMS]) result[name] = Math.max(result[name], measure[name]);
  }
  return result;
}

type Field = GraphQLField<unknown, unknown>;

function isIntrospection(definition: Field | undefined): boolean {
  return definition === SchemaMetaFieldDef || definition === TypeMetaFieldDef;
}

/**
 * Measures operations of one document. Each fragment is measured once, so the time is linear in the document, whatever it
 * expands to. The document may be invalid: what is unknown counts as a plain value, and a fragment counts as empty inside
 * itself.
 */
export function createMeasuring(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
) {
  const measured = new Map<string, Measure>();

  function definitionOf(parent: GraphQLNamedType | undefined, name: string): Field | undefined {
    if (parent === schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  function ofFragment({ name, typeCondition, selectionSet }: FragmentDefinitionNode): Measure {
    const known = measured.get(name.value);
    if (known !== undefined) return known;
    measured.set(name.value, nothing());
    const measure = ofSet(selectionSet, schema.getType(typeCondition.name.value));
    measured.set(name.value, measure);
    return measure;
  }

  function ofField(field: FieldNode, parent: GraphQLNamedType | undefined): Measure {
    const coordinate = `${parent?.name ?? ''}.${field.name.value}`;
    const definition = definitionOf(parent, field.name.value);
    const type = definition === undefined ? undefined : getNamedType(definition.type);
    const isList = definition !== undefined && isListType(getNullableType(definition.type));
    const size = sizeOf(coordinate, field, isList);
    const inside = field.selectionSet === undefined ? nothing() : ofSet(field.selectionSet, type);
    const depth = 1 + inside.depth;
    return {
      depth: isIntrospection(definition) ? 1 : depth,
      introspectionDepth: isIntrospection(definition) ? depth : inside.introspectionDepth,
      aliases: inside.aliases + (field.alias === undefined ? 0 : 1),
      selections: inside.selections + 1,
      introspections: inside.introspections + (isIntrospection(definition) ? 1 : 0),
      pages: (isReadFromStore(coordinate) ? 1 : 0) + size * inside.pages,
      values: (type?.name === 'JSON' ? JSON_WEIGHT : 1) + size * inside.values,
    };
  }

  function ofSet({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): Measure {
    const sum = nothing();
    // An object has one type, so of the selections on different object types those on one of them apply.
    const byType = new Map<GraphQLNamedType, Measure>();
    const spread = new Set<string>();
    const addOn = (type: GraphQLNamedType | undefined, measure: Measure): void => {
      const counted = { ...measure, selections: measure.selections + 1 };
      if (!isObjectType(type)) return add(sum, counted);
      const ofType = byType.get(type) ?? nothing();
      add(ofType, counted);
      byType.set(type, ofType);
    };
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        add(sum, ofField(selection, parent));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value;
        const type = name === undefined ? parent : schema.getType(name);
        addOn(type, ofSet(selection.selectionSet, type));
      } else if (!spread.has(selection.name.value)) {
        // A fragment applies once to a selection, however often it is spread there.
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment === undefined) continue;
        addOn(schema.getType(fragment.typeCondition.name.value), ofFragment(fragment));
      }
    }
    add(sum, largest(byType.values()));
    return sum;
  }

  return {
    ofOperation: ({ operation, selectionSet }: OperationDefinitionNode): Measure =>
      ofSet(selectionSet, schema.getRootType(operation) ?? undefined),
    ofFragment,
  };
}
