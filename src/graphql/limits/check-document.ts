import { type DocumentNode, GraphQLError, Kind, OperationTypeNode, type SelectionSetNode } from 'graphql';
import {
  MAX_ALIASES,
  MAX_DEPTH,
  MAX_INTROSPECTIONS,
  MAX_MERGED_PAIRS,
  MAX_OPERATIONS,
  MAX_PAGES,
  MAX_SELECTIONS,
  MAX_VALUES,
} from './bounds.js';
import { createMeasuring, type Measure, mergedPairs } from './measure.js';

const LIMITS: { name: keyof Measure; max: number; message: string }[] = [
  { name: 'depth', max: MAX_DEPTH, message: `Fields may nest at most ${MAX_DEPTH} deep.` },
  { name: 'aliases', max: MAX_ALIASES, message: `At most ${MAX_ALIASES} aliases may be used.` },
  {
    name: 'selections',
    max: MAX_SELECTIONS,
    message: `At most ${MAX_SELECTIONS} fields and fragments may be selected, each counted as often as it is used.`,
  },
  {
    name: 'introspections',
    max: MAX_INTROSPECTIONS,
    message: `__schema and __type may be selected at most ${MAX_INTROSPECTIONS} times.`,
  },
  {
    name: 'pages',
    max: MAX_PAGES,
    message: `At most ${MAX_PAGES} pages of recordings and events may be read. Ask for smaller pages, or nest fewer.`,
  },
  {
    name: 'values',
    max: MAX_VALUES,
    message: `The pages and lists of this operation may hold more than ${MAX_VALUES} values. Ask for smaller pages, or nest fewer.`,
  },
];

/** The specification forbids them there: which field a subscription has must not depend on its variables. */
function hasConditionalRoot({ selections }: SelectionSetNode): boolean {
  return selections.some(
    (selection) =>
      (selection.directives ?? []).some(({ name }) => name.value === 'skip' || name.value === 'include') ||
      (selection.kind === Kind.INLINE_FRAGMENT && hasConditionalRoot(selection.selectionSet)),
  );
}

/**
 * What a document asks for too much of, before any other rule reads it: those take longer than the document is long.
 * Empty if it is within all bounds.
 */
export function checkDocument(document: DocumentNode): GraphQLError[] {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  if (operations.length > MAX_OPERATIONS) {
    return [new GraphQLError(`A document may hold at most ${MAX_OPERATIONS} operations.`)];
  }
  const measuring = createMeasuring(fragments);
  const exceeded = (measure: Measure) =>
    LIMITS.filter(({ name, max }) => measure[name] > max).map(({ message }) => new GraphQLError(message));
  const measures = [
    ...operations.map((operation) => measuring.ofOperation(operation)),
    // One that is not used is validated too.
    ...[...fragments.keys()].map((name) => measuring.ofFragment(name)),
  ];
  const errors = measures.flatMap(exceeded);
  if (errors.length > 0) return [...new Map(errors.map((error) => [error.message, error])).values()];

  const sets = [...operations, ...fragments.values()].map(({ selectionSet }) => selectionSet);
  let pairs = 0;
  for (const set of sets) {
    pairs += mergedPairs(set, fragments);
    if (pairs > MAX_MERGED_PAIRS)
      return [new GraphQLError('Too many fields of one selection have the same name.')];
  }
  const conditional = operations.find(
    ({ operation, selectionSet }) =>
      operation === OperationTypeNode.SUBSCRIPTION && hasConditionalRoot(selectionSet),
  );
  if (conditional === undefined) return [];
  return [
    new GraphQLError('The root field of a subscription must not have @skip or @include.', {
      nodes: conditional,
    }),
  ];
}
