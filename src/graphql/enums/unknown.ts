/** For a value that Agora sends and this gateway does not know. */
export const UNKNOWN = {
  name: 'UNKNOWN',
  description: 'A value that this gateway does not know; see the raw value next to it, or in `raw`.',
} as const;
