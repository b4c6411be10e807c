/** Writes one line about an event of the sandbox's life. Fields hold no secrets. */
export type Log = (event: string, fields: Record<string, unknown>) => void;
