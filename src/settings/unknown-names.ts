import { distance } from 'fastest-levenshtein';

/** Names that begin like this are meant for the gateway. */
const PREFIXES = [
  ...['AGORA_', 'GATEWAY_', 'SANDBOX_', 'DATABASE_', 'AUTH_', 'ALLOWED_', 'TRUSTED_'],
  ...['WEBHOOK_', 'LIMIT_', 'OUTGOING_', 'CLOCK_'],
];

/** A name of ours is suggested for one that differs from it by at most this many letters. */
const MAX_SUGGESTION_DISTANCE = 8;

/** Any other name that differs from one of ours by at most this many letters is taken for a misspelling. */
const MAX_MISSPELLING_DISTANCE = 2;

/** Short names, such as HOST and PORT, are too close to unrelated ones. */
const MIN_MISSPELLING_LENGTH = 8;

/**
 * What Kubernetes injects for each service of the namespace, where one is called `gateway` or `sandbox`
 * (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables).
 */
export function isServiceLink(name: string, value: string): boolean {
  if (/_SERVICE_(HOST|PORT(_\w+)?)$/.test(name)) return true;
  if (/_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name)) return true;
  return name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value);
}

function nearest(name: string, known: readonly string[]): { name: string; distance: number } | null {
  const distances = known.map((candidate) => ({ name: candidate, distance: distance(name, candidate) }));
  return distances.sort((left, right) => left.distance - right.distance)[0] ?? null;
}

/** A problem for each variable that is not a setting but looks like one. Values are not quoted. */
export function unknownNameProblems(names: readonly string[], known: readonly string[]): string[] {
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const near = nearest(name, known);
      const isMisspelling =
        name.length >= MIN_MISSPELLING_LENGTH && (near?.distance ?? Infinity) <= MAX_MISSPELLING_DISTANCE;
      if (!isMisspelling && !PREFIXES.some((prefix) => name.startsWith(prefix))) return [];
      const suggestion =
        near !== null && near.distance <= MAX_SUGGESTION_DISTANCE ? ` Did you mean ${near.name}?` : '';
      return [`${name} is not a setting.${suggestion}`];
    });
}
