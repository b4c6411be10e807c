import {
  type ASTVisitor,
  getNamedType,
  GraphQLError,
  type ValidationContext,
  ValuesOfCorrectTypeRule,
} from 'graphql';

/** Messages of graphql that name types and fields alone. All others quote the value, and inputs hold secrets. */
const WITHOUT_VALUE = /^(Field "|OneOf |Variable "|Exactly one )/;

/** graphql's rule on literals, with messages that do not quote the literal. */
export function valuesRule(context: ValidationContext): ASTVisitor {
  const quiet = Object.create(context) as ValidationContext;
  quiet.reportError = (error) => {
    const type = getNamedType(context.getInputType());
    context.reportError(
      WITHOUT_VALUE.test(error.message)
        ? error
        : new GraphQLError(`Expected a value of type "${String(type ?? 'another')}".`, {
            nodes: error.nodes ?? [],
          }),
    );
  };
  return ValuesOfCorrectTypeRule(quiet);
}
