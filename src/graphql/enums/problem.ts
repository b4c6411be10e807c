import { PROBLEMS, type ProblemCode as Code } from '../../recordings/problems.js';
import { defineEnum } from './define-enum.js';

export const ProblemCode = defineEnum(
  'ProblemCode',
  'The kind of a problem. More kinds may be added.',
  Object.fromEntries(
    Object.entries(PROBLEMS).map(([name, { description }]) => [name, [name, description]]),
  ) as unknown as Record<Code, [Code, string]>,
);

export const ProblemSeverity = defineEnum('ProblemSeverity', 'How bad a problem is.', {
  WARNING: ['WARNING', 'The recording continues, and its files are expected.'],
  ERROR: ['ERROR', 'Something is missing, or will be without action.'],
});
