import { type Assumptions } from './control/assumptions.js';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names in it are values of Agora's, not properties. */
const KEPT_NAMES = 'subServiceStatus';

function otherCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * A message in the form that the assumptions about form choose: names in another case, numbers and booleans as strings, a
 * list of one entry as that entry, services without their names. Applied where a message leaves the sandbox.
 */
export function looseForm<T>(message: T, assumptions: Assumptions): T {
  const change = (value: unknown): unknown => {
    if (typeof value === 'number' || typeof value === 'boolean') {
      return assumptions.valuesHaveDocumentedTypes ? value : String(value);
    }
    if (Array.isArray(value)) {
      const entries = value.map(change);
      const [only] = entries;
      return entries.length === 1 && isObject(only) && !assumptions.listsAreArrays ? only : entries;
    }
    if (!isObject(value)) return value;
    const isNamed = !('serviceName' in value) || assumptions.servicesHaveNames;
    const kept = Object.entries(value).filter(([name]) => isNamed || name !== 'serviceName');
    return Object.fromEntries(
      kept.map(([name, inner]) => [
        assumptions.namesHaveDocumentedCase ? name : otherCase(name),
        name === KEPT_NAMES ? inner : change(inner),
      ]),
    );
  };
  return change(message) as T;
}
