import { type Caller } from './caller.js';

/** Who sent one request, and how. */
export interface Requester {
  caller: Caller;
  /** The IP address of the client, or of the last proxy that is not trusted. */
  address: string;
  /** Names the request in the log. */
  requestId: string;
}
