/** Heavy proofs run small with `npm test`, and at the size they are meant for with `npm run test:full`. */
export const FULL = process.env.TEST_SIZE === 'full';

export function sized(small: number, full: number): number {
  return FULL ? full : small;
}
