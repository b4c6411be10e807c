import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { MAX_PLAN_BYTES } from '../limits/bounds.js';
import { type Plan, planOperation } from './plan.js';

/** Executions of an operation before it is planned: many are sent once only. */
export const PLANNED_AFTER = 3;

/** Memory of a plan for each selection that was looked at for it. */
const SELECTION_BYTES = 500;

/** Memory of a token of the document that a plan keeps. */
const TOKEN_BYTES = 400;

/** Plans of the operations that are executed again and again. */
export class Plans {
  readonly #schema: GraphQLSchema;
  readonly #executed = new WeakMap<OperationDefinitionNode, number>();
  readonly #plans = new LRUCache<OperationDefinitionNode, { plan: Plan | null; bytes: number }>({
    maxSize: MAX_PLAN_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Their estimated memory. */
  get bytes(): number {
    return this.#plans.calculatedSize;
  }

  /** The plan of an operation that is about to be executed; null if graphql executes it. */
  of(document: DocumentNode, operation: OperationDefinitionNode): Plan | null {
    const known = this.#plans.get(operation);
    if (known !== undefined) return known.plan;
    const executed = (this.#executed.get(operation) ?? 0) + 1;
    this.#executed.set(operation, executed);
    if (executed < PLANNED_AFTER) return null;
    const plan = planOperation(this.#schema, document, operation);
    const tokens = document.tokenCount ?? 0;
    const bytes = TOKEN_BYTES * (1 + tokens) + SELECTION_BYTES * (plan?.selections ?? 0);
    this.#plans.set(operation, { plan, bytes });
    return plan;
  }
}
