import * as z from 'zod';
import { ASSUMPTION_NAMES } from '@agora-recording-gateway/agora/assumptions';
import { type ControlRoutes } from '../control-side.js';
import { bodyOf } from '../request.js';

const change = z.strictObject(
  Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, z.boolean().optional()])),
);

export const assumptionRoutes: ControlRoutes = (state) => [
  { method: 'GET', url: '/sandbox/assumptions', handle: () => state.assumptions },
  {
    method: 'PUT',
    url: '/sandbox/assumptions',
    handle: (request) => state.changeAssumptions(bodyOf(change, request)),
  },
];
