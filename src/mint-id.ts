import { v7 as uuidv7 } from 'uuid';

/** A new id. Ids grow in the order they are minted, so that an index of them grows at its end only. */
export const mintId = (): string => uuidv7();
