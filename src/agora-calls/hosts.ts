import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';

/**
 * Which of the configured hosts Agora is called at. A host that fails twice in a row is left for the next one; after a few
 * minutes one call tries the first host again, and all return to it if that is answered.
 */

/** After so long on another host the first one is tried again, and one that failed is no worse than others. */
export const RETURN_AFTER_MS = 5 * 60_000;

/** Failures in a row after which a host is left: "same host again" comes before the next (agora-facts.md, "Domains"). */
const FAULTS_UNTIL_LEFT = 2;

/** How a host failed: its name could not be resolved, or the network to it, or it, does not work. */
export type HostFault = 'name' | 'network';

export interface Host {
  index: number;
  url: string;
}

export interface Hosts {
  /** The host to call. Only a call that may be sent twice (`mayTry`) is made to try the first host again. */
  choose(mayTry: boolean): Host;
  /** It answered, whatever it said. */
  answered(host: Host): void;
  failed(host: Host, fault: HostFault): void;
  /** Whether another host is in use by now, and has answered. */
  isReplaced(host: Host): boolean;
}

/** The first label of a host's name: hosts that share it stand for the same machines (api.agora.io, api.sd-rtn.com). */
function machines(url: string): string {
  const { hostname, host } = new URL(url);
  const isName = /[a-z]/i.test(hostname) && hostname.includes('.') && !hostname.includes(':');
  return isName ? (hostname.split('.')[0] ?? host) : host;
}

/**
 * Where to go from a host that failed: to one that has not failed lately; where the network failed, to other machines
 * (agora-facts.md, "Domains"); else in the order of the configuration.
 */
export function nextHost(
  urls: readonly string[],
  from: number,
  fault: HostFault,
  hasFailedLately: (index: number) => boolean,
): number {
  const others = urls.slice(1).map((_, offset) => (from + offset + 1) % urls.length);
  const same = machines(urls[from] ?? '');
  const demerit = (index: number) =>
    (hasFailedLately(index) ? 2 : 0) + (fault === 'network' && machines(urls[index] ?? '') === same ? 1 : 0);
  return others.sort((left, right) => demerit(left) - demerit(right))[0] ?? from;
}

export function createHosts(
  urls: readonly string[],
  parts: { monotonic: () => number; log: Log; metrics: Metrics },
): Hosts {
  const { monotonic, log, metrics } = parts;
  const names = urls.map((url) => new URL(url).host);
  const failedAt = new Map<number, number>();
  let inUse = 0;
  let proven = true;
  let faults = 0;
  let tryFirstAt = Infinity;

  function show(): void {
    names.forEach((host, index) => metrics.agoraHost.set({ host }, index === inUse ? 1 : 0));
  }

  function moveTo(index: number, why: string): void {
    if (index === inUse) return;
    log.warn({ from: names[inUse], to: names[index], why }, 'Agora is called at another host');
    inUse = index;
    tryFirstAt = index === 0 ? Infinity : monotonic() + RETURN_AFTER_MS;
    metrics.agoraHostChanges.inc();
    show();
  }

  const hostAt = (index: number): Host => ({ index, url: urls[index] ?? '' });

  show();
  return {
    choose(mayTry) {
      if (!mayTry || monotonic() < tryFirstAt) return hostAt(inUse);
      tryFirstAt = monotonic() + RETURN_AFTER_MS;
      return hostAt(0);
    },
    answered({ index }) {
      failedAt.delete(index);
      if (index === 0) moveTo(0, 'the first host answers again');
      if (index !== inUse) return;
      proven = true;
      faults = 0;
    },
    failed({ index }, fault) {
      failedAt.set(index, monotonic());
      if (index !== inUse) return;
      faults += 1;
      // One that has not answered yet is not asked twice.
      if (faults < FAULTS_UNTIL_LEFT && proven) return;
      const lately = (other: number) => (failedAt.get(other) ?? -Infinity) > monotonic() - RETURN_AFTER_MS;
      moveTo(nextHost(urls, index, fault, lately), `${names[index]} failed (${fault})`);
      proven = false;
      faults = 0;
    },
    isReplaced: ({ index }) => index !== inUse && proven,
  };
}
