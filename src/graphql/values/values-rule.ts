import {
  type ASTVisitor,
  getNamedType,
  GraphQLError,
  isLeafType,
  Kind,
  type ValidationContext,
  ValuesOfCorrectTypeRule,
} from 'graphql';

/** What graphql reports of these names a type or a field; what it reports of other values quotes them. */
function isAboutFields(context: ValidationContext, error: GraphQLError): boolean {
  const [node] = error.nodes ?? [];
  if (node?.kind === Kind.OBJECT_FIELD) return true;
  return node?.kind === Kind.OBJECT && !isLeafType(getNamedType(context.getInputType()));
}

/**
 * graphql's rule for literals, with other messages: graphql quotes the value that it refuses, and inputs hold secrets.
 * The location says which value it is.
 */
export function valuesRule(context: ValidationContext): ASTVisitor {
  const reporting = Object.create(context, {
    reportError: {
      value(error: GraphQLError) {
        if (isAboutFields(context, error)) return context.reportError(error);
        const message = `Expected a value of type "${String(context.getInputType())}" here.`;
        context.reportError(new GraphQLError(message, { nodes: error.nodes }));
      },
    },
  }) as ValidationContext;
  return ValuesOfCorrectTypeRule(reporting);
}
