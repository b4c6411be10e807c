import { type Operation, OPERATION_NAMES } from '@agora-recording-gateway/agora/tables/operations';
import {
  ALL_REPLIES,
  OTHER_REPLIES,
  type ReplyMeaning,
} from '@agora-recording-gateway/agora/tables/reply-meanings';
import { USER_ERRORS } from '../commands/user-errors.js';
import { GRAPHQL_ERRORS } from './errors.js';

interface Described {
  retryable: boolean;
  description: string;
}

/** The operations that mutations call. */
const CALLED: readonly Operation[] = OPERATION_NAMES.filter((operation) => operation !== 'ncsIp');

/** Operations by their replies, joined where several give the same: `query, stop 206/65`. */
function byReply(entries: readonly { operation: string; reply: string }[]): string[] {
  const operationsOf = new Map<string, string[]>();
  for (const { operation, reply } of entries) {
    operationsOf.set(reply, [...(operationsOf.get(reply) ?? []), operation]);
  }
  const repliesOf = new Map<string, string[]>();
  for (const [reply, operations] of operationsOf) {
    const all = operations.join(', ');
    repliesOf.set(all, [...(repliesOf.get(all) ?? []), reply]);
  }
  return [...repliesOf].map(([operations, replies]) => `${operations} ${replies.join(', ')}`);
}

/**
 * The error that a reply becomes, or null if the mutation did what was asked. A stop of a recording that is already
 * ending is not an error; an unconfirmed stop has its own code.
 */
function errorOf({ operation, verdict, name }: Pick<ReplyMeaning, 'operation' | 'verdict' | 'name'>) {
  if (operation !== 'stop') return name;
  if (verdict === 'done' || verdict === 'already') return null;
  return verdict === 'in-doubt' ? 'STOP_IN_DOUBT' : name;
}

/** Which of Agora's replies lead to the error: operation, HTTP status, and the code of the body after a slash. */
function repliesOf(name: string): string {
  const rows = ALL_REPLIES.filter((row) => errorOf(row) === name).map(({ operation, httpStatus, code }) => ({
    operation: operation === 'any' ? 'any call' : operation,
    reply: code === null ? String(httpStatus) : `${httpStatus}/${code}`,
  }));
  const others = OTHER_REPLIES.flatMap(({ operations, replies, ...meaning }) => {
    const leading = operations
      .filter((operation) => CALLED.includes(operation))
      .filter((operation) => errorOf({ operation, ...meaning }) === name);
    const all = leading.length === CALLED.length;
    return (all ? ['any call'] : leading).map((operation) => ({ operation, reply: replies }));
  });
  return [...byReply(rows), ...byReply(others)].join('; ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function described(errors: Record<string, Described>): [string, string, string][] {
  return Object.entries(errors).map(([code, { description, retryable }]) => [
    `\`${code}\``,
    description,
    retryable ? 'yes' : 'no',
  ]);
}

/** Every error that a client may receive, as Markdown: the generated section of docs/errors.md. */
export function errorCatalogue(): string {
  const userErrors = table(
    ['code', 'what it means, and what to do', 'again?', "Agora's replies that lead to it"],
    described(USER_ERRORS).map((cells, index) => [
      ...cells,
      repliesOf(Object.keys(USER_ERRORS)[index] ?? ''),
    ]),
  );
  const graphqlErrors = table(
    ['`extensions.code`', 'what it means, and what to do', 'again?'],
    described(GRAPHQL_ERRORS),
  );
  return `${userErrors}\n\n${graphqlErrors}`;
}
