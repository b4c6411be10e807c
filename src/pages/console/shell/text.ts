import { useEffect, useState } from 'react';

/** `STOP_REQUESTED` as `Stop requested`. */
export function words(name: string): string {
  const text = name.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name of the schema such as `maxIdleTime` as `Max idle time`. */
export function fieldWords(name: string): string {
  return words(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const DATE_AND_TIME = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
});

/** The time of day, with the date where it is not today. */
export function time(at: string, now: number = Date.now()): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return (isToday ? TIME : DATE_AND_TIME).format(date);
}

export function fullTime(at: string): string {
  return DATE_AND_TIME.format(new Date(at));
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds as `2 h 5 min`: the two largest units. */
export function duration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** How long ago something was; empty for what lies ahead, as with a sandbox whose clock is not the browser's. */
export function ago(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1_000;
  return seconds < 0 ? '' : duration(seconds);
}

/** The time, again at each interval. */
export function useNow(intervalMs = 1_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
