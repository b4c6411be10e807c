import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPreparation } from '../../../src/graphql/prepare.js';
import { createSchema } from '../../../src/graphql/schema.js';
import { largeSized } from '../../support/size.js';
import { anyGrowing, type Growing } from './growing.js';
import { SHAPES } from './shapes.js';

const SIZES = [16, 32, 64, 128, 256, 512, 1024, 2048];

/** Three doublings: linear time grows 8 times, quadratic time 64 times. */
const STEP = 3;

/** What the growth may exceed the document's by. */
const SLACK = 3;

/** Times below this are noise: 16 tokens and 500 may take as long. */
const FLOOR_US = 1_000;

const RUNS = 5;

const { prepare } = createPreparation(createSchema(), { introspection: true });

let documents = 0;

/** The CPU time that a document takes at least, in microseconds, until it is accepted or refused. */
function cpuTimeOf(query: string): number {
  const times = Array.from({ length: RUNS }, () => {
    // A document that was seen before would not be validated.
    documents += 1;
    const before = process.cpuUsage();
    prepare(`${query}#${documents}`);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...times);
}

/** Measurements of a growth. What another process disturbs is lower the next time, and what really grows is not. */
const ATTEMPTS = 3;

/** What the time grew by at most, over what the document grew by. */
function growthOf(
  document: Growing,
  sizes: readonly number[],
  attempts = ATTEMPTS,
): { growth: number; measured: object } {
  const measured = sizes.map((size) => ({ length: document(size).length, time: cpuTimeOf(document(size)) }));
  const ratios = measured.slice(STEP).map(({ length, time }, index) => {
    const smaller = measured[index]!;
    return time / Math.max(smaller.time, FLOOR_US) / (length / smaller.length);
  });
  const growth = Math.max(...ratios);
  return growth < SLACK || attempts === 1 ? { growth, measured } : growthOf(document, sizes, attempts - 1);
}

describe('The time to accept or refuse a document', () => {
  // A doubling chain of 27 fragments, 975 bytes, once took 24 s in the rule on cost.
  it.each(Object.entries(SHAPES))('grows at most linearly with %s', (_name, shape) => {
    const { growth, measured } = growthOf(shape, SIZES);
    expect(growth, JSON.stringify(measured)).toBeLessThan(SLACK);
  });

  it('grows at most linearly with documents that are made up', () => {
    fc.assert(
      fc.property(anyGrowing, (document) => {
        const { growth, measured } = growthOf(document, SIZES.slice(3));
        expect(growth, `${document(3)}\n${JSON.stringify(measured)}`).toBeLessThan(SLACK);
      }),
      {
        numRuns: largeSized(100, 2_000),
        ...(process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) }),
      },
    );
  });
});
