import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { maxEntries } from './cost-rule.js';

/** Bounds on what one operation may ask for. They hold for HTTP and WebSocket alike. */
export const MAX_TOKENS = 4_000;
export const MAX_DEPTH = 14;
export const MAX_ALIASES = 50;

function refuse(context: ValidationContext, message: string): void {
  context.reportError(new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }));
}

/** Fields may nest so deep. Introspection is deeper than that by nature, and cheap. */
function maxDepth(context: ValidationContext): ASTVisitor {
  let depth = 0;
  let refused = false;
  return {
    Field: {
      enter(node) {
        if (node.name.value === '__schema' || node.name.value === '__type') return false;
        depth += 1;
        if (depth > MAX_DEPTH && !refused) {
          refused = true;
          refuse(context, `Fields may nest ${MAX_DEPTH} deep.`);
        }
        return undefined;
      },
      leave() {
        depth -= 1;
      },
    },
    FragmentSpread(node) {
      const fragment = context.getFragment(node.name.value);
      const nested = fragment == null ? 0 : depthOf(context, fragment.name.value, new Set());
      if (depth + nested > MAX_DEPTH && !refused) {
        refused = true;
        refuse(context, `Fields may nest ${MAX_DEPTH} deep.`);
      }
    },
  };
}

interface Selections {
  readonly selections: readonly (
    | { kind: Kind.FIELD; selectionSet?: Selections }
    | { kind: Kind.INLINE_FRAGMENT; selectionSet: Selections }
    | { kind: Kind.FRAGMENT_SPREAD; name: { value: string } }
  )[];
}

function depthOf(context: ValidationContext, fragmentName: string, seen: Set<string>): number {
  if (seen.has(fragmentName)) return 0;
  seen.add(fragmentName);
  const measure = (set: Selections | undefined): number => {
    let deepest = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) deepest = Math.max(deepest, 1 + measure(selection.selectionSet));
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        deepest = Math.max(deepest, measure(selection.selectionSet));
      else deepest = Math.max(deepest, depthOf(context, selection.name.value, seen));
    }
    return deepest;
  };
  return measure(context.getFragment(fragmentName)?.selectionSet);
}

/** One field may be asked for under so many names in all. */
function maxAliases(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  return {
    Field(node) {
      if (node.alias === undefined) return;
      aliases += 1;
      if (aliases === MAX_ALIASES + 1) refuse(context, `At most ${MAX_ALIASES} aliases may be used.`);
    },
  };
}

/** Apollo adds graphql's own rules by itself; the WebSocket's validation takes both. */
export const LIMIT_RULES: readonly ValidationRule[] = [maxDepth, maxAliases, maxEntries];

export const ALL_RULES: readonly ValidationRule[] = [...specifiedRules, ...LIMIT_RULES];
