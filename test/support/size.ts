/**
 * Heavy proofs take their size from here: small with `npm test`, full with `npm run test:full` (in CI), and soak with
 * `npm run test:soak` for what takes longer than CI may. The two larger runs include only files that take a larger
 * size then, and those named `*.full.test.ts`, which the small run leaves out.
 */
const SIZES = ['small', 'full', 'soak'] as const;
type Size = (typeof SIZES)[number];

const given = process.env.TEST_SIZE ?? 'small';
const size = SIZES.find((name) => name === given);
if (size === undefined) throw new Error(`TEST_SIZE must be one of ${SIZES.join(', ')}.`);

export const SIZE: Size = size;

/** For tests that run only at full size and above. */
export const FULL = SIZE !== 'small';

/** For tests that run only at soak size. */
export const SOAK = SIZE === 'soak';

/** The size of a proof; if no soak size is given, soak runs the full one. */
export function sized(small: number, full: number, soak: number = full): number {
  return { small, full, soak }[SIZE];
}

/** The size of a proof in a file that the small run leaves out. */
export function largeSized(full: number, soak: number = full): number {
  return sized(full, full, soak);
}
