import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';

/**
 * Which of the configured hosts is called. After two failures in a row the next host is used; after five minutes one call
 * tries the first host again, and all calls return to it if that one is answered.
 */

/** Delay before the first host is tried again, and before a past failure stops counting against a host. */
export const RETURN_DELAY_MS = 5 * 60_000;

/** Failures in a row before the next host is used: Agora asks to retry the same host first. */
const MAX_FAULTS_IN_A_ROW = 2;

/** How a host failed: its name was not resolved, or it was not reached. */
export type HostFault = 'name' | 'network';

export interface Host {
  index: number;
  url: string;
  /** Host name and port, as the metrics and the log name it. */
  name: string;
}

export interface Hosts {
  /** Of all hosts. */
  names: readonly string[];
  /** The host to call. Only a call that may be sent twice (`mayTry`) tries the first host again. */
  choose(mayTry: boolean): Host;
  /** The host answered, with whatever status. */
  answered(host: Host): void;
  failed(host: Host, fault: HostFault): void;
  /** Whether another host is in use now, and has answered. */
  isReplaced(host: Host): boolean;
}

/** The first label of the host name: hosts that share it are the same machines (api.agora.io and api.sd-rtn.com). */
function machines(url: string): string {
  const { hostname, host } = new URL(url);
  const isName = /[a-z]/i.test(hostname) && hostname.includes('.') && !hostname.includes(':');
  return isName ? (hostname.split('.')[0] ?? host) : host;
}

/**
 * The host to use after one failed: one that has not failed recently; after a network fault, one on other machines;
 * otherwise in the order of the configuration.
 */
export function nextHost(
  urls: readonly string[],
  from: number,
  fault: HostFault,
  hasFailedRecently: (index: number) => boolean,
): number {
  const others = urls.slice(1).map((_, offset) => (from + offset + 1) % urls.length);
  const same = machines(urls[from] ?? '');
  const demerit = (index: number) =>
    (hasFailedRecently(index) ? 2 : 0) +
    (fault === 'network' && machines(urls[index] ?? '') === same ? 1 : 0);
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

  function publish(): void {
    names.forEach((host, index) => metrics.agoraHost.set({ host }, index === inUse ? 1 : 0));
  }

  function switchTo(index: number, why: string): void {
    if (index === inUse) return;
    log.warn({ from: names[inUse], to: names[index], why }, 'switched Agora host');
    inUse = index;
    tryFirstAt = index === 0 ? Infinity : monotonic() + RETURN_DELAY_MS;
    metrics.agoraHostChanges.inc();
    publish();
  }

  const hostAt = (index: number): Host => ({ index, url: urls[index] ?? '', name: names[index] ?? '' });

  publish();
  return {
    names,
    choose(mayTry) {
      if (!mayTry || monotonic() < tryFirstAt) return hostAt(inUse);
      tryFirstAt = monotonic() + RETURN_DELAY_MS;
      return hostAt(0);
    },
    answered({ index }) {
      failedAt.delete(index);
      if (index === 0) switchTo(0, 'the first host answers again');
      if (index !== inUse) return;
      proven = true;
      faults = 0;
    },
    failed({ index }, fault) {
      failedAt.set(index, monotonic());
      if (index !== inUse) return;
      faults += 1;
      // A host that has not answered yet gets no second try.
      if (faults < MAX_FAULTS_IN_A_ROW && proven) return;
      const recently = (other: number) => (failedAt.get(other) ?? -Infinity) > monotonic() - RETURN_DELAY_MS;
      switchTo(nextHost(urls, index, fault, recently), `${names[index]} failed (${fault})`);
      proven = false;
      faults = 0;
    },
    isReplaced: ({ index }) => index !== inUse && proven,
  };
}
