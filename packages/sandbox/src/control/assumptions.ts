import { ASSUMPTION_NAMES, type AssumptionName } from '@agora-recording-gateway/agora/assumptions';

/** Which claims hold in the sandbox: true if it behaves as the claim says. */
export type Assumptions = Record<AssumptionName, boolean>;

/** Every claim holds, except those that were kept as false. */
export function assumptionsFrom(kept: Partial<Record<string, boolean>> | null): Assumptions {
  return Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, kept?.[name] ?? true])) as Assumptions;
}
