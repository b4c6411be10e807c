/** Bounds on one document, by HTTP and by WebSocket alike. What is counted is what would run: fragments are expanded. */

/** The bounds that an operation can exceed, as `gateway_graphql_limits_total` names them. */
export const LIMITS = [
  'tokens',
  'nesting',
  'operations',
  'fragments',
  'same_name',
  'depth',
  'introspection_depth',
  'aliases',
  'selections',
  'introspections',
  'pages',
  'values',
  'errors',
  'reply_bytes',
  'read_bytes',
  'held_bytes',
  'operations_at_once',
  'trusted_documents',
] as const;

export type Limit = (typeof LIMITS)[number];

/** Queries and mutations that run at once, of all callers. Each holds its document, and may wait for a read or a permit. */
export const MAX_OPERATIONS_AT_ONCE = 2_000;

/** Lexical tokens of a document. */
export const MAX_TOKENS = 4_000;

/** Brackets, braces and parentheses that are open at once. Bounds the recursion of whatever walks a document. */
export const MAX_NESTING = 100;

/** Operations of a document: some rules compare each with each fragment. */
export const MAX_OPERATIONS = 20;

/** Levels of fields; and inside `__schema` and `__type`, which nest deeper by nature. */
export const MAX_DEPTH = 14;
export const MAX_INTROSPECTION_DEPTH = 20;

/** Fields with an alias. */
export const MAX_ALIASES = 50;

/** Fields, inline fragments and fragment spreads. */
export const MAX_SELECTIONS = 5_000;

/**
 * Fragments of a document, and fields of one response name that have arguments or a selection: graphql compares each with
 * each of the others, to see whether they can be merged. Also how often one selection may hold any other field.
 */
export const MAX_FRAGMENTS = 100;
export const MAX_SAME_NAME = 50;

/** Fields `__schema` and `__type`. */
export const MAX_INTROSPECTIONS = 2;

/** Values that a reply may hold at most by the sizes of its pages and lists; JSON counts as {@link JSON_WEIGHT}. */
export const MAX_VALUES = 2_000_000;

/** Pages of `recordings`, `events` and `files`, each of which the store reads. */
export const MAX_PAGES = 250;

/** Values that one `raw` counts as. It holds up to 1 MiB of JSON, usually less than 1 KiB. */
export const JSON_WEIGHT = 20;

/** Calls of one recording that are shown. */
export const MAX_CALLS = 100;

/** Errors in one reply. */
export const MAX_ERRORS = 10;

/** Size of one reply as JSON. It is counted while the reply is made, which ends there. */
export const MAX_REPLY_BYTES = 8 * 1024 * 1024;

/** Stored text that the pages of one operation may be read from. */
export const MAX_READ_BYTES = 16 * 1024 * 1024;

/** Stored text that the pages of all running operations may be read from; each holds its pages until it ends. */
export const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** Characters of the message of an error; it may repeat a name of the document, of any length. */
export const MAX_MESSAGE_CHARACTERS = 500;

/** Memory of the documents that are kept parsed and validated, estimated from their text and tokens. */
export const MAX_CACHED_DOCUMENT_BYTES = 32 * 1024 * 1024;

/** Selections of an operation that is planned; an interface counts them for each of its types. */
export const MAX_PLANNED_SELECTIONS = 5_000;

/** Memory of the plans of operations that are executed often, with their documents. */
export const MAX_PLAN_BYTES = 32 * 1024 * 1024;
