import { type SandboxOperation } from '../api/calls.js';

/** Requested faults that wait for their calls. */
export const MAX_FAULTS = 1_000;

export interface Fault {
  operation: SandboxOperation | 'any';
  /** Only calls about this channel. */
  cname?: string;
  /** The number of calls that it applies to. */
  times: number;
  /** The number of matching calls before these. */
  skip: number;
  /** Delay of the reply (or of the cut), real milliseconds; the call is carried out at once. */
  delayMs?: number;
  /** `request`: the connection is cut and nothing is carried out; `reply`: the call is carried out, then the connection is cut. */
  drop?: 'request' | 'reply';
  /** Answers with this status and body; the call is not carried out unless `apply`. */
  status?: number;
  body?: Record<string, unknown>;
  apply: boolean;
  /** With `apply`: the properties of `body` are set in the real reply, and the rest of it stays. */
  merge?: boolean;
}

export interface PendingFault extends Fault {
  id: number;
  /** The number of calls that it still applies to. */
  remaining: number;
}

/** Requested faults. The oldest matching one applies; it is dropped after its last call. */
export class Faults {
  #pending: PendingFault[] = [];
  #nextId = 1;

  /** Returns the id of the fault, or null if there are MAX_FAULTS already. */
  add(fault: Fault): number | null {
    if (this.#pending.length >= MAX_FAULTS) return null;
    const id = this.#nextId++;
    this.#pending.push({ ...fault, id, remaining: fault.times });
    return id;
  }

  list(): PendingFault[] {
    return this.#pending.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#pending = [];
  }

  /** Counts a call, and returns the fault that applies to it, if any. */
  take(operation: SandboxOperation, cname: string | null): Fault | null {
    for (const fault of this.#pending) {
      if (fault.operation !== 'any' && fault.operation !== operation) continue;
      if (fault.cname !== undefined && fault.cname !== cname) continue;
      if (fault.skip > 0) {
        fault.skip--;
        continue;
      }
      fault.remaining--;
      if (fault.remaining === 0) this.#pending = this.#pending.filter((other) => other !== fault);
      return fault;
    }
    return null;
  }
}
