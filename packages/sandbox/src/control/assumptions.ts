import { ASSUMPTION_NAMES, type AssumptionName } from '@agora-recording-gateway/agora/assumptions';

/** Which claims of agora/assumptions.ts hold in the sandbox: true where it behaves as the claim says. */
export type Assumptions = Record<AssumptionName, boolean>;

/** Every claim holds, but for those that were kept as false. */
export function assumptionsFrom(kept: Partial<Record<string, boolean>> | null): Assumptions {
  return Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, kept?.[name] ?? true])) as Assumptions;
}
