import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  KnownFragmentNamesRule,
  NoFragmentCyclesRule,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { RequestError } from './errors.js';
import { MAX_CACHED_DOCUMENT_BYTES, MAX_ERRORS, MAX_TOKENS } from './limits/bounds.js';
import { checkDocument } from './limits/check-document.js';
import { parseDocument } from './parse.js';
import { valuesRule } from './values/values-rule.js';

interface Accepted {
  document: DocumentNode;
  /** The values that the reply to its largest operation may hold. */
  cost: number;
}

/** A document that keeps to the schema and the limits, or why it does not: at most MAX_ERRORS errors. */
export type Prepared = Accepted | { errors: readonly unknown[] };

export interface Preparation {
  prepare: (text: string) => Prepared;
  /** Estimated memory of the documents that are kept parsed and validated. */
  cachedBytes: () => number;
}

/** Memory of a token with its node and location. */
const TOKEN_BYTES = 400;
const CHARACTER_BYTES = 2;

/** Rules that others rely on, which take long where a fragment is missing. */
const FRAGMENT_RULES: readonly ValidationRule[] = [KnownFragmentNamesRule, NoFragmentCyclesRule];

function invalid(errors: readonly GraphQLError[]): { errors: GraphQLError[] } {
  return {
    errors: errors
      .slice(0, MAX_ERRORS)
      .map((error) =>
        error instanceof RequestError
          ? error
          : new RequestError('GRAPHQL_VALIDATION_FAILED', error.message, { nodes: error.nodes }),
      ),
  };
}

/**
 * Parses and validates documents. `introspection` off also removes the suggestions from errors ("Did you mean"), which
 * give the schema away one name at a time.
 */
export function createPreparation(
  schema: GraphQLSchema,
  { introspection }: { introspection: boolean },
): Preparation {
  const cache = new LRUCache<string, Accepted>({
    maxSize: MAX_CACHED_DOCUMENT_BYTES,
    sizeCalculation: ({ document: { tokenCount = MAX_TOKENS } }, text) =>
      1 + CHARACTER_BYTES * text.length + TOKEN_BYTES * tokenCount,
  });
  const rules = [
    ...specifiedRules
      .filter((rule) => !FRAGMENT_RULES.includes(rule))
      .map((rule) => (rule === ValuesOfCorrectTypeRule ? valuesRule : rule)),
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  const options = { maxErrors: MAX_ERRORS, hideSuggestions: !introspection };

  return {
    prepare(text) {
      const known = cache.get(text);
      if (known !== undefined) return known;
      const parsed = parseDocument(text);
      if ('error' in parsed) return { errors: [parsed.error] };
      const { document } = parsed;
      const checked = checkDocument(schema, document);
      if ('errors' in checked) return invalid(checked.errors);
      const checks = [
        () => validate(schema, document, FRAGMENT_RULES, options),
        () => validate(schema, document, rules, options),
      ];
      for (const check of checks) {
        const errors = check();
        if (errors.length > 0) return invalid(errors);
      }
      const accepted = { document, cost: checked.cost };
      cache.set(text, accepted);
      return accepted;
    },
    cachedBytes: () => cache.calculatedSize,
  };
}
