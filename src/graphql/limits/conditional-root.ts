import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';

const CONDITIONAL = new Set(['skip', 'include']);

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The first @skip or @include in the selections that choose the root fields of an operation. */
function findIn(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  seen: Set<string>,
): DirectiveNode | null {
  for (const selection of selections) {
    const conditional = selection.directives?.find(({ name }) => CONDITIONAL.has(name.value));
    if (conditional !== undefined) return conditional;
    if (selection.kind === Kind.FIELD) continue;
    let inner: SelectionSetNode | undefined;
    if (selection.kind === Kind.INLINE_FRAGMENT) inner = selection.selectionSet;
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      inner = fragments.get(selection.name.value)?.selectionSet;
    }
    const found = inner === undefined ? null : findIn(inner, fragments, seen);
    if (found !== null) return found;
  }
  return null;
}

/**
 * A directive that makes the root field of a subscription conditional. The specification forbids it, since the field is
 * chosen before variables have values (https://spec.graphql.org/draft/#sec-Single-Root-Field); graphql's own rule throws
 * on it.
 */
export function findConditionalRoot(
  operations: readonly OperationDefinitionNode[],
  fragments: Fragments,
): DirectiveNode | null {
  for (const { operation, selectionSet } of operations) {
    if (operation !== OperationTypeNode.SUBSCRIPTION) continue;
    const found = findIn(selectionSet, fragments, new Set());
    if (found !== null) return found;
  }
  return null;
}
