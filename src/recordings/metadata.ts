/** Something that its owner says about a recording: a title, a tenant, an id of theirs. Agora never sees it. */
export interface MetadataEntry {
  key: string;
  value: string;
}

/** Bounds of a recording's metadata. Lengths are in characters. */
export const MAX_METADATA_ENTRIES = 20;
export const MAX_METADATA_KEY_LENGTH = 64;
export const MAX_METADATA_VALUE_LENGTH = 256;

/** What keys are made of. */
export const METADATA_KEY = new RegExp(`^[A-Za-z0-9_.:-]{1,${MAX_METADATA_KEY_LENGTH}}$`);

/** Entries in the order of their keys, so that equal metadata is equal text. */
export function metadataInOrder(entries: readonly MetadataEntry[]): MetadataEntry[] {
  return entries
    .map(({ key, value }) => ({ key, value }))
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** The metadata after a change: each entry that is named gets its value, and null removes it. */
export function changedMetadata(
  held: readonly MetadataEntry[],
  changes: readonly { key: string; value?: string | null }[],
): MetadataEntry[] {
  const values = new Map(held.map(({ key, value }) => [key, value]));
  for (const { key, value } of changes) {
    if (value == null) values.delete(key);
    else values.set(key, value);
  }
  return metadataInOrder([...values].map(([key, value]) => ({ key, value })));
}
