import * as z from 'zod';
import { ASSUMPTION_NAMES, type AssumptionName } from '@agora-recording-gateway/agora/assumptions';

/** Which claims hold in the sandbox: true if it behaves as the claim says. */
export type Assumptions = Record<AssumptionName, boolean>;

export const changedAssumptions = z.partialRecord(z.enum(ASSUMPTION_NAMES), z.boolean());

function isAssumption(name: string): name is AssumptionName {
  return (ASSUMPTION_NAMES as string[]).includes(name);
}

/** Names of a comma-separated list of assumptions, or what is wrong with it. */
export function parseAssumptions(text: string): { names: AssumptionName[] } | { problem: string } {
  const given = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = given.find((name) => !isAssumption(name));
  if (unknown !== undefined) return { problem: `${JSON.stringify(unknown)} is not an assumption` };
  return { names: given.filter(isAssumption) };
}

/** Every claim holds, except those that are false by default, and those that were changed. */
export function assumptionsFrom(
  falseByDefault: readonly AssumptionName[],
  changed: Partial<Record<string, boolean>> | null,
): Assumptions {
  return Object.fromEntries(
    ASSUMPTION_NAMES.map((name) => [name, changed?.[name] ?? !falseByDefault.includes(name)]),
  ) as Assumptions;
}

/** The same claims, which report the first time that something depends on each. */
export function reportingUse(
  assumptions: Assumptions,
  onFirstUse: (name: AssumptionName) => void,
): Assumptions {
  const used = new Set<AssumptionName>();
  const properties = ASSUMPTION_NAMES.map((name) => {
    const get = () => {
      if (!used.has(name)) onFirstUse(name);
      used.add(name);
      return assumptions[name];
    };
    return [name, { enumerable: true, get }];
  });
  return Object.defineProperties({}, Object.fromEntries(properties) as PropertyDescriptorMap) as Assumptions;
}
