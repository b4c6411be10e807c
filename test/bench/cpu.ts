import { readFileSync } from 'node:fs';

/** `/proc/PID/stat` counts in hundredths of a second. */
const TICK_US = 10_000;

/** The processor time that a process has used, in microseconds. */
export function cpuOf(pid: number): number {
  const [, , fields = ''] = /^(\d+) \(.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * TICK_US;
}
