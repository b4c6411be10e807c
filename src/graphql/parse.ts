import { type DocumentNode, GraphQLError, Lexer, parse, Source, type Token, TokenKind } from 'graphql';
import { RequestError } from './errors.js';
import { type Limit, MAX_NESTING, MAX_TOKENS } from './limits/bounds.js';

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Reads all tokens, and returns the first that is more, or nests deeper, than is permitted. */
function findExcess(source: Source): { token: Token; limit: Limit; message: string } | null {
  const lexer = new Lexer(source);
  let count = 0;
  let nesting = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    count += 1;
    if (OPENING.has(token.kind)) nesting += 1;
    if (CLOSING.has(token.kind)) nesting -= 1;
    if (count > MAX_TOKENS) {
      const message = `A document may have at most ${MAX_TOKENS} tokens. Send a smaller one.`;
      return { token, limit: 'tokens', message };
    }
    if (nesting > MAX_NESTING) {
      const message = `Brackets may nest at most ${MAX_NESTING} deep. Nest fewer.`;
      return { token, limit: 'nesting', message };
    }
  }
  return null;
}

/** The token at which the parser stopped. */
function tokenAt(source: Source, position: number | undefined): Token | null {
  const lexer = new Lexer(source);
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (token.start === position) return token;
  }
  return null;
}

function withoutToken(message: string, token: Token | null): string {
  return token === null ? message : message.replace(`${token.kind} "${token.value}"`, () => token.kind);
}

function syntaxError(
  message: string,
  source: Source,
  positions: readonly number[] | undefined,
  limit?: Limit,
): GraphQLError {
  return new RequestError('GRAPHQL_PARSE_FAILED', message, { source, positions, limit });
}

/**
 * Parses a document, within bounds. Its errors name kinds of tokens, never their text: a token may be a secret that was
 * quoted badly.
 */
export function parseDocument(query: string): { document: DocumentNode } | { error: GraphQLError } {
  const source = new Source(query);
  try {
    const excess = findExcess(source);
    if (excess !== null) {
      return { error: syntaxError(excess.message, source, [excess.token.start], excess.limit) };
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const message = 'Syntax Error: this is not a valid string, number or punctuator.';
    return { error: syntaxError(message, source, error.positions) };
  }
  try {
    return { document: parse(source, { maxTokens: MAX_TOKENS }) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const message = withoutToken(error.message, tokenAt(source, error.positions?.[0]));
    return { error: syntaxError(message, source, error.positions) };
  }
}
