import * as z from 'zod';
import { OPERATION_NAMES } from '@agora-recording-gateway/agora/tables/operations';
import { MAX_CALLS } from '../../api/calls.js';
import { type ControlRoutes } from '../control-side.js';
import { queryOf } from '../request.js';

const query = z.strictObject({
  operation: z.enum(OPERATION_NAMES).optional(),
  cname: z.string().optional(),
  sid: z.string().optional(),
  httpStatus: z.coerce.number().int().min(100).max(599).optional(),
  limit: z.coerce.number().int().min(0).max(MAX_CALLS).default(MAX_CALLS),
});

export const callRoutes: ControlRoutes = ({ calls }) => [
  {
    method: 'GET',
    url: '/sandbox/calls',
    handle: (request) => {
      const { limit, ...filter } = queryOf(query, request);
      return { total: calls.total, peakPerSecond: calls.peakPerSecond, calls: calls.latest(limit, filter) };
    },
  },
];
