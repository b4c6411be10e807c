/** The largest uid: they have 32 bits. */
export const MAX_UID = 2 ** 32 - 1;

/** In a list of users to subscribe to: everyone. */
export const ALL_STREAMS = '#allstream#';

/** Whether the text is a uid as Agora takes it: an integer from 1 to 2^32 - 1. */
export function isUid(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= MAX_UID;
}

/**
 * What to add to a message about a uid that a program holds as a signed 32-bit integer, as Java does: the unsigned number
 * that Agora means. Empty for every other text.
 */
export function signedUidHint(text: string): string {
  const number = /^-[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (number >= 0 || number < -(2 ** 31)) return '';
  return ` ${text} is a signed 32-bit integer; the same uid as an unsigned one is ${number + 2 ** 32}.`;
}

function isAddress(text: string, protocols: RegExp): boolean {
  return URL.canParse(text) && protocols.test(new URL(text).protocol);
}

export interface Format {
  /** Follows "must be" or, for each text of a list, "must each be". */
  readonly description: string;
  readonly matches: (text: string) => boolean;
  /** What to add about a text that does not match; empty if nothing is known. */
  readonly hint?: (text: string) => string;
}

/** Forms of a text that Agora's documents state. */
export const FORMATS = {
  uid: { description: 'a uid, an integer from 1 to 4294967295', matches: isUid, hint: signedUidHint },
  'uid-or-all': {
    description: `a uid, an integer from 1 to 4294967295, or the only text "${ALL_STREAMS}"`,
    matches: (value) => isUid(value) || value === ALL_STREAMS,
    hint: signedUidHint,
  },
  'region-uid': {
    description: `a uid, an integer from 1 to 4294967295, or "${ALL_STREAMS}"`,
    matches: (value) => isUid(value) || value === ALL_STREAMS,
    hint: signedUidHint,
  },
  colour: {
    description: '# and six hexadecimal digits, for example #FF8800',
    matches: (value) => /^#[0-9a-fA-F]{6}$/.test(value),
  },
  salt: { description: '32 bytes in Base64', matches: (value) => /^[A-Za-z0-9+/]{43}=$/.test(value) },
  'web-address': {
    description: 'an http or https address',
    matches: (value) => isAddress(value, /^https?:$/),
  },
  'https-address': {
    description: 'the https address of a JPG or BMP image of at most 6 MB',
    matches: (value) => isAddress(value, /^https:$/),
  },
  'push-address': {
    description: 'an address of the form rtmp://host/path or rtmps://host/path',
    matches: (value) => /^rtmps?:\/\/[^/]+\/.+/i.test(value),
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
