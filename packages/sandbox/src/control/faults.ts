import { type SandboxOperation } from '../api/calls.js';

/** Most faults on order at once. */
export const MOST_FAULTS = 1_000;

export interface FaultOrder {
  operation: SandboxOperation | 'any';
  /** Only calls about this channel. */
  cname?: string;
  /** How many calls it strikes. */
  times: number;
  /** How many matching calls pass before. */
  skip: number;
  /** The reply (or the cut) comes so much later, in real milliseconds; the call is carried out at once. */
  delayMs?: number;
  /** `request`: the connection is cut and nothing is carried out; `reply`: it is carried out, then cut. */
  drop?: 'request' | 'reply';
  /** Answers with this status and body instead; nothing is carried out unless `apply`. */
  status?: number;
  body?: Record<string, unknown>;
  apply: boolean;
}

export interface OrderedFault extends FaultOrder {
  id: number;
  /** How many calls it will still strike. */
  remaining: number;
}

/** Faults on order. The oldest that fits strikes; one that is used up is forgotten. */
export class Faults {
  #orders: OrderedFault[] = [];
  #nextId = 1;

  /** The order's id, or null when there are MOST_FAULTS already. */
  add(order: FaultOrder): number | null {
    if (this.#orders.length >= MOST_FAULTS) return null;
    const id = this.#nextId++;
    this.#orders.push({ ...order, id, remaining: order.times });
    return id;
  }

  list(): OrderedFault[] {
    return this.#orders.map((order) => ({ ...order }));
  }

  clear(): void {
    this.#orders = [];
  }

  /** The fault that strikes this call, if any. */
  strike(operation: SandboxOperation, cname: string | null): FaultOrder | null {
    for (const order of this.#orders) {
      if (order.operation !== 'any' && order.operation !== operation) continue;
      if (order.cname !== undefined && order.cname !== cname) continue;
      if (order.skip > 0) {
        order.skip--;
        continue;
      }
      order.remaining--;
      if (order.remaining === 0) this.#orders = this.#orders.filter((other) => other !== order);
      return order;
    }
    return null;
  }
}
