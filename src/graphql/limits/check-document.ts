import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { RequestError } from '../errors.js';
import {
  type Limit,
  MAX_ALIASES,
  MAX_DEPTH,
  MAX_FRAGMENTS,
  MAX_INTROSPECTION_DEPTH,
  MAX_INTROSPECTIONS,
  MAX_OPERATIONS,
  MAX_PAGES,
  MAX_SAME_NAME,
  MAX_SELECTIONS,
  MAX_VALUES,
} from './bounds.js';
import { findConditionalRoot } from './conditional-root.js';
import { createMeasuring, type Measure } from './measure.js';

interface Exceeded {
  limit: Limit;
  message: string;
}

/** Bounds on what would run, with fragments expanded. */
const MEASURED: (Exceeded & { name: keyof Measure; max: number })[] = [
  { name: 'depth', limit: 'depth', max: MAX_DEPTH, message: `Fields may nest at most ${MAX_DEPTH} deep.` },
  {
    name: 'introspectionDepth',
    limit: 'introspection_depth',
    max: MAX_INTROSPECTION_DEPTH,
    message: `Fields of introspection may nest at most ${MAX_INTROSPECTION_DEPTH} deep.`,
  },
  {
    name: 'aliases',
    limit: 'aliases',
    max: MAX_ALIASES,
    message: `At most ${MAX_ALIASES} aliases may be used.`,
  },
  {
    name: 'selections',
    limit: 'selections',
    max: MAX_SELECTIONS,
    message: `At most ${MAX_SELECTIONS} fields and fragments may be selected, each counted as often as it is used.`,
  },
  {
    name: 'introspections',
    limit: 'introspections',
    max: MAX_INTROSPECTIONS,
    message: `__schema and __type may be selected at most ${MAX_INTROSPECTIONS} times.`,
  },
  {
    name: 'pages',
    limit: 'pages',
    max: MAX_PAGES,
    message: `At most ${MAX_PAGES} pages of recordings and events may be read. Ask for smaller pages, or nest fewer.`,
  },
  {
    name: 'values',
    limit: 'values',
    max: MAX_VALUES,
    message: `The pages and lists of this operation may hold more than ${MAX_VALUES} values. Ask for smaller pages, or nest fewer.`,
  },
];

interface Checked {
  exceeded: Exceeded[];
  cost: number;
}

interface Definitions {
  operations: OperationDefinitionNode[];
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

interface Counts {
  /** Fields that have arguments or a selection, by response name. */
  fields: Map<string, number>;
  fragments: Set<string>;
  /** How often a field without arguments and selection stands in one selection; the most. */
  repeated: number;
}

function count({ selections }: SelectionSetNode, counts: Counts): void {
  const leaves = new Map<string, number>();
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      counts.fragments.add(selection.name.value);
      continue;
    }
    if (selection.kind === Kind.FIELD) {
      const { alias, name, arguments: given = [], selectionSet } = selection;
      const key = (alias ?? name).value;
      const isLeaf = given.length === 0 && selectionSet === undefined;
      const fields = isLeaf ? leaves : counts.fields;
      fields.set(key, (fields.get(key) ?? 0) + 1);
    }
    if (selection.selectionSet !== undefined) count(selection.selectionSet, counts);
  }
  counts.repeated = Math.max(counts.repeated, ...leaves.values());
}

/** Bounds on the document as it is written: graphql's rules compare some of its parts pair by pair. */
function checkCounts({ operations, fragments }: Definitions): Exceeded | null {
  const counts: Counts = { fields: new Map(), fragments: new Set(fragments.keys()), repeated: 0 };
  for (const { selectionSet } of [...operations, ...fragments.values()]) count(selectionSet, counts);
  if (operations.length > MAX_OPERATIONS) {
    const message = `A document may hold at most ${MAX_OPERATIONS} operations. Split it.`;
    return { limit: 'operations', message };
  }
  if (counts.fragments.size > MAX_FRAGMENTS) {
    const message = `A document may use at most ${MAX_FRAGMENTS} fragments. Split it.`;
    return { limit: 'fragments', message };
  }
  if (Math.max(0, ...counts.fields.values()) > MAX_SAME_NAME) {
    const message = `At most ${MAX_SAME_NAME} fields of one name may have arguments or a selection. Use fewer.`;
    return { limit: 'same_name', message };
  }
  if (counts.repeated > MAX_SAME_NAME) {
    const message = `One selection may hold a field at most ${MAX_SAME_NAME} times. Name it once.`;
    return { limit: 'same_name', message };
  }
  return null;
}

function measure(schema: GraphQLSchema, { operations, fragments }: Definitions): Checked {
  const measuring = createMeasuring(schema, fragments);
  const ofOperations = operations.map((operation) => measuring.ofOperation(operation));
  // A fragment that is not used is validated too.
  const measures = [
    ...ofOperations,
    ...[...fragments.values()].map((fragment) => measuring.ofFragment(fragment)),
  ];
  return {
    exceeded: MEASURED.filter(({ name, max }) => measures.some((measure) => measure[name] > max)),
    cost: Math.max(0, ...ofOperations.map(({ values }) => values)),
  };
}

/**
 * The bounds that a document exceeds, and otherwise its cost: the values that the reply to its largest operation may hold. It
 * comes before graphql's rules, some of which take more than linear time for documents out of these bounds, and takes linear
 * time itself.
 */
export function checkDocument(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
): { errors: GraphQLError[] } | { cost: number } {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const counted = checkCounts({ operations, fragments });
  const { exceeded, cost } =
    counted === null ? measure(schema, { operations, fragments }) : { exceeded: [counted], cost: 0 };
  if (exceeded.length > 0) {
    return {
      errors: exceeded.map(
        ({ message, limit }) => new RequestError('GRAPHQL_VALIDATION_FAILED', message, { limit }),
      ),
    };
  }
  const conditional = findConditionalRoot(operations, fragments);
  if (conditional === null) return { cost };
  const message = `The root field of a subscription must not have @${conditional.name.value}. Remove it.`;
  return { errors: [new RequestError('GRAPHQL_VALIDATION_FAILED', message, { nodes: conditional })] };
}
