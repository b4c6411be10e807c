import * as fc from 'fast-check';

/** A document of about so many parts. */
export type Growing = (size: number) => string;

/** What a selection holds, by the number of the fragment that it stands in; all fragments are on one type. */
type Part = (index: number, size: number) => string;

function side(size: number): number {
  return Math.max(1, Math.floor(Math.sqrt(size)));
}

function repeat(times: number, part: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => part(index)).join(' ');
}

/** Fragments by distance and factor from the one that spreads them, so that they chain, double, fan out or circle. */
const spread = fc
  .record({
    step: fc.integer({ min: 1, max: 9 }),
    factor: fc.constantFrom(0, 1, 1, 1, 2),
    around: fc.boolean(),
  })
  .map(({ step, factor, around }): Part => (index, size) => {
    const target = index * factor + step;
    return around ? `...f${target % size}` : `...f${Math.min(target, size - 1)}`;
  });

const field: fc.Arbitrary<Part> = fc
  .constantFrom(
    'id',
    '__typename',
    'upload { state }',
    'files(first: 1) { totalCount { count exact } }',
    'unknown',
    'unknown { id }',
    'id(unknown: 1)',
    'id @skip(if: $v)',
    'id @unknown',
    'events(types: [A, B, C]) { headCursor }',
    'events { edges { node { raw } } }',
  )
  .chain((text) =>
    fc.constantFrom<Part>(
      () => text,
      (index) => `a${index}: ${text}`,
      () => `a: ${text}`,
    ),
  );

const { part } = fc.letrec<{ part: Part; nested: Part }>((tie) => ({
  part: fc.oneof({ maxDepth: 3 }, field, spread, tie('nested')),
  nested: fc
    .record({
      around: fc.constantFrom('... {', '... on Recording {', 'events { edges { node { recording {'),
      parts: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
    })
    .map(({ around, parts }): Part => {
      const end = '}'.repeat(around.split('{').length - 1);
      return (index, size) => `${around} ${parts.map((each) => each(index, size)).join(' ')} ${end}`;
    }),
}));

/** Documents that grow with a number: their fragments, their operations, or the selections in them. */
export const anyGrowing: fc.Arbitrary<Growing> = fc
  .record({
    parts: fc.array(part, { minLength: 1, maxLength: 4 }),
    // How many fragments there are, how often each repeats its parts, and how many operations use them.
    grows: fc.constantFrom('fragments', 'selections', 'both', 'operations'),
  })
  .map(({ parts, grows }): Growing => {
    const body = (index: number, size: number) => parts.map((each) => each(index, size)).join(' ');
    return (size) => {
      const fragments = { fragments: size, selections: 1, both: side(size), operations: side(size) }[grows];
      const times = { fragments: 1, selections: size, both: side(size), operations: 1 }[grows];
      const operations = grows === 'operations' ? side(size) : 1;
      return [
        repeat(operations, (i) => `query q${i}($v: Boolean!) { recording(by: { id: "x" }) { ...f0 } }`),
        repeat(
          fragments,
          (i) => `fragment f${i} on Recording { ${repeat(times, () => body(i, fragments))} }`,
        ),
      ].join(' ');
    };
  });
