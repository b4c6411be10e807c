import { type RecordingConfigInput } from '../start-input.js';
import { userError, type UserError } from '../../user-errors.js';

/** One rule of Agora's that the types cannot state. */
export interface Rule<T> {
  /** Path into the input. */
  field: string[];
  message: string | ((input: T) => string);
  broken: (input: T) => boolean;
}

/** acquire's scene of web page recordings. */
export const WEB_SCENE = 1;

export function isWeb({
  config,
  scene,
}: {
  config?: RecordingConfigInput | null;
  scene?: number | null;
}): boolean {
  return config?.web != null || scene === WEB_SCENE;
}

/** Whether a number is given and no integer of the range. */
export function outside(value: number | null | undefined, least: number, most: number): boolean {
  return value != null && (!Number.isInteger(value) || value < least || value > most);
}

export function messageOf<T>({ message }: Rule<T>, input: T): string {
  return typeof message === 'string' ? message : message(input);
}

export function check<T>(rules: readonly Rule<T>[], input: T, at: readonly string[]): UserError[] {
  return rules
    .filter((rule) => rule.broken(input))
    .map((rule) => userError('INVALID_PARAMETER', messageOf(rule, input), { field: [...at, ...rule.field] }));
}
