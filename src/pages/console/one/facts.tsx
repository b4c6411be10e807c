import { type ReactNode } from 'react';
import { fieldWords, words } from '../shell/text';

export type Fact = readonly [name: string, value: ReactNode];

/** Names with their values; those without a value are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(([, value]) => value != null && value !== false && value !== '');
  return (
    <dl className="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: unknown): string | null {
  if (value == null) return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item) => shown(item)).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[A-Z][A-Z_]+$/.test(value) ? words(value) : value;
}

/** The facts of an object of the schema, by the names of its fields. */
export function factsOf(object: object): Fact[] {
  return Object.entries(object)
    .filter(([name, value]) => name !== '__typename' && (typeof value !== 'object' || Array.isArray(value)))
    .map(([name, value]) => [fieldWords(name), shown(value)]);
}
