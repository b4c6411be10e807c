import { type Disturbance } from './control';

/** How notifications are delivered, by the names of the choices. */
export const DELIVERIES = {
  on: { label: 'On', hint: 'Each once, and at once.', loss: 0, repetition: 0, delay: 0, delayMs: 0 },
  late: { label: 'Late', hint: 'Each a minute late.', loss: 0, repetition: 0, delay: 1, delayMs: 60_000 },
  repeated: { label: 'Repeated', hint: 'Each twice.', loss: 0, repetition: 1, delay: 0, delayMs: 0 },
  off: { label: 'Off', hint: 'None is sent; they are lost.', loss: 1, repetition: 0, delay: 0, delayMs: 0 },
} as const;

export type Delivery = keyof typeof DELIVERIES;

export const DELIVERY_NAMES = Object.keys(DELIVERIES) as Delivery[];

/** Which choice the sandbox's settings are; null if they were made elsewhere and are none of them. */
export function deliveryOf({ loss, repetition, delay, delayMs }: Disturbance): Delivery | null {
  const lateness = delayMs === 0 ? 0 : delay;
  const found = DELIVERY_NAMES.find((name) => {
    const choice = DELIVERIES[name];
    return choice.loss === loss && choice.repetition === repetition && choice.delay === lateness;
  });
  return found ?? null;
}

export function disturbanceOf(name: Delivery): Disturbance {
  const { loss, repetition, delay, delayMs } = DELIVERIES[name];
  return { loss, repetition, delay, delayMs };
}
