import * as z from 'zod';
import { type ControlRoutes } from '../control-side.js';
import { bodyOf } from '../request.js';

/** Longest delay of a file. Real milliseconds. */
const MAX_DELAY_MS = 60_000;

const names = z.array(z.string().min(1)).max(100);

const change = z.strictObject({
  missing: names.optional(),
  forbidden: names.optional(),
  delayMs: z.number().int().min(0).max(MAX_DELAY_MS).optional(),
  corsOrigins: names.optional(),
});

/** Trouble with the files of the storage, and its CORS rule. */
export const storageRoutes: ControlRoutes = ({ storageFaults }) => [
  { method: 'GET', url: '/sandbox/storage', handle: () => storageFaults.settings },
  {
    method: 'PUT',
    url: '/sandbox/storage',
    handle: (request) => {
      storageFaults.change(bodyOf(change, request));
      return storageFaults.settings;
    },
  },
];
