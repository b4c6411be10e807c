import {
  type ASTVisitor,
  type FieldNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** Entries of all pages together that one operation may ask for. */
export const MAX_ENTRIES = 20_000;

/** Connections by their field, with the size of a page that is not told; a variable may ask for the largest. */
const PAGES: Record<string, number> = { recordings: 20, events: 50, files: 50, problems: 20 };
const LARGEST_PAGE = 100;

function pageSizeOf(field: FieldNode): number | null {
  const usual = PAGES[field.name.value];
  if (usual === undefined || field.selectionSet === undefined) return null;
  const asked = (field.arguments ?? []).find(({ name }) => name.value === 'first' || name.value === 'last');
  if (asked === undefined || asked.value.kind === Kind.NULL) return usual;
  return asked.value.kind === Kind.INT ? Math.min(Number(asked.value.value), LARGEST_PAGE) : LARGEST_PAGE;
}

/** Pages nest: an operation is refused if all entries that it may bring are too many. */
export function maxEntries(context: ValidationContext): ASTVisitor {
  function entries(set: SelectionSetNode | undefined, times: number, within: readonly string[]): number {
    let sum = 0;
    for (const selection of set?.selections ?? []) {
      if (sum > MAX_ENTRIES) return sum;
      if (selection.kind === Kind.FIELD) {
        const size = pageSizeOf(selection);
        const inside = size === null ? times : times * size;
        sum += (size === null ? 0 : inside) + entries(selection.selectionSet, inside, within);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        sum += entries(selection.selectionSet, times, within);
      } else if (!within.includes(selection.name.value)) {
        const fragment = context.getFragment(selection.name.value);
        sum += entries(fragment?.selectionSet, times, [...within, selection.name.value]);
      }
    }
    return sum;
  }
  return {
    OperationDefinition(operation) {
      if (entries(operation.selectionSet, 1, []) <= MAX_ENTRIES) return;
      context.reportError(
        new GraphQLError(
          `The pages of this operation hold more than ${MAX_ENTRIES} entries. Ask for smaller ones, or nest fewer.`,
          { nodes: operation, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
        ),
      );
    },
  };
}
