import { type ReportUnreadable } from '../store/stored-json.js';

/** Names a value in the store that cannot be read, and without which a command continues. */
export const printUnreadable: ReportUnreadable = ({ message }) =>
  console.error(`${message} Continuing without it.`);
