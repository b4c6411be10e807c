/** Bounds on one document, by HTTP and by WebSocket alike. What is counted is what would run: fragments are expanded. */

/** Lexical tokens of a document. */
export const MAX_TOKENS = 4_000;

/** Operations in one document. */
export const MAX_OPERATIONS = 50;

/** Levels of fields. What is inside `__schema` and `__type` is not counted: graphql limits it by a rule for that. */
export const MAX_DEPTH = 14;

/** Fields with an alias. */
export const MAX_ALIASES = 50;

/** Fields, inline fragments and fragment spreads. */
export const MAX_SELECTIONS = 5_000;

/** Pairs of fields with the same response name in one selection set: each pair is compared before they are merged. */
export const MAX_MERGED_PAIRS = 20_000;

/** Fields `__schema` and `__type`. */
export const MAX_INTROSPECTIONS = 2;

/** Values that a reply may hold at most by the sizes of its pages and lists; `raw` counts as {@link RAW_WEIGHT}. */
export const MAX_VALUES = 2_000_000;

/** Pages of `recordings` and `events`, each of which the store reads. */
export const MAX_PAGES = 250;

/** Values that one `raw` counts as: it holds a JSON text of up to 1 MiB, usually of less than 1 KiB. */
export const RAW_WEIGHT = 20;

/** Errors in one reply. */
export const MAX_ERRORS = 10;

/** Characters of one reply, as JSON. It is counted while the reply is made, which ends there. */
export const MAX_REPLY_CHARACTERS = 8 * 1024 * 1024;

/** Documents that are kept parsed and validated, and the length of the longest that is kept. */
export const MAX_CACHED_DOCUMENTS = 500;
export const MAX_CACHED_DOCUMENT_CHARACTERS = 10_000;
