import { type ReportUnreadable } from '../../src/store/stored-json.js';

/** For what reads a store that holds nothing unreadable. */
export const failOnUnreadable: ReportUnreadable = (error) => {
  throw error;
};
