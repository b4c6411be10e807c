import { type RecordingConfigInput } from '../start-input.js';
import { userError, type UserError } from '../../user-errors.js';

/** One rule of Agora's that the types cannot state. */
export interface Rule<T> {
  /** Path into the input. */
  field: string[];
  message: string;
  broken: (input: T) => boolean;
}

/** The largest Int of GraphQL: the bound where Agora states none. */
export const MAX_INT = 2 ** 31 - 1;

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

export const LARGEST_UID = 2 ** 32 - 1;

/** Whether the text is a uid as Agora takes it: an integer from 1 to 2^32 - 1. */
export function isUid(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= LARGEST_UID;
}

/** Whether a number is given and no integer of the range. */
export function outside(value: number | null | undefined, least: number, most: number): boolean {
  return value != null && (!Number.isInteger(value) || value < least || value > most);
}

/** Agora records no larger picture. */
export const MOST_PIXELS = 1920 * 1080;

export function check<T>(rules: readonly Rule<T>[], input: T, at: readonly string[]): UserError[] {
  return rules
    .filter((rule) => rule.broken(input))
    .map((rule) => userError('INVALID_PARAMETER', rule.message, { field: [...at, ...rule.field] }));
}
