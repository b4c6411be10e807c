import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  MaxIntrospectionDepthRule,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { DocumentCache } from './document-cache.js';
import { type GraphQLErrorCode } from './errors.js';
import { MAX_ERRORS, MAX_TOKENS } from './limits/bounds.js';
import { checkDocument } from './limits/check-document.js';
import { valuesRule } from './values/values-rule.js';

/** A document that keeps to the schema and the limits, or why it does not. */
export type Prepared = { document: DocumentNode } | { errors: GraphQLError[] };

function withCode(errors: readonly GraphQLError[], code: GraphQLErrorCode): { errors: GraphQLError[] } {
  return {
    errors: errors.slice(0, MAX_ERRORS).map(({ message, nodes, source, positions }) => {
      return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
    }),
  };
}

/**
 * Parses and validates documents. `introspection` off also removes the suggestions from errors ("Did you mean"), which
 * give the schema away one name at a time.
 */
export function createPreparation(schema: GraphQLSchema, { introspection }: { introspection: boolean }) {
  const cache = new DocumentCache();
  const rules = [
    ...specifiedRules.map((rule) => (rule === ValuesOfCorrectTypeRule ? valuesRule : rule)),
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
    ...(specifiedRules.includes(MaxIntrospectionDepthRule) ? [] : [MaxIntrospectionDepthRule]),
  ];

  function parseError(error: unknown): { errors: GraphQLError[] } {
    if (error instanceof GraphQLError) return withCode([error], 'GRAPHQL_PARSE_FAILED');
    if (!(error instanceof RangeError)) throw error;
    // The parser calls itself for each level.
    return withCode([new GraphQLError('Syntax Error: the document nests too deep.')], 'GRAPHQL_PARSE_FAILED');
  }

  return (text: string): Prepared => {
    const known = cache.get(text);
    if (known !== undefined) return { document: known };
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: MAX_TOKENS });
    } catch (error) {
      return parseError(error);
    }
    const exceeded = checkDocument(document);
    const errors =
      exceeded.length > 0
        ? exceeded
        : validate(schema, document, rules, { maxErrors: MAX_ERRORS, hideSuggestions: !introspection });
    if (errors.length > 0) return withCode(errors, 'GRAPHQL_VALIDATION_FAILED');
    cache.set(text, document);
    return { document };
  };
}
