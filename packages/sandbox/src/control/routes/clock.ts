import * as z from 'zod';
import { type SandboxState } from '../../tasks/state.js';
import { MAX_SPEED, MAX_STEP_MS } from '../clock.js';
import { type ControlRoutes } from '../control-side.js';
import { bodyOf } from '../request.js';

const change = z.strictObject({
  speed: z.number().positive().max(MAX_SPEED).optional(),
  stepMs: z.number().int().min(0).max(MAX_STEP_MS).optional(),
});

/** Sandbox time and its speed. */
export function clockNow({ service: { clock } }: SandboxState): {
  now: string;
  nowMs: number;
  speed: number;
} {
  const nowMs = clock.now();
  return { now: new Date(nowMs).toISOString(), nowMs, speed: clock.speed };
}

export const clockRoutes: ControlRoutes = (state) => [
  { method: 'GET', url: '/sandbox/clock', handle: () => clockNow(state) },
  {
    method: 'PUT',
    url: '/sandbox/clock',
    handle: async (request) => {
      await state.changeClock(bodyOf(change, request));
      return clockNow(state);
    },
  },
];
