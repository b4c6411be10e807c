import { type Clock } from '../recordings/clock.js';
import { type ObservationContent } from '../recordings/observation.js';
import { type RecordingState } from '../recordings/state.js';
import { type Store } from '../store/store.js';

export interface ClockNoteParts {
  store: Pick<Store, 'record'>;
  clock: Clock;
  mintId: () => string;
}

/** Records an observation made by the gateway's clock. It holds from `at` on, however late it is recorded. */
export async function recordByClock(
  { store, clock, mintId }: ClockNoteParts,
  { id, appId }: Pick<RecordingState, 'id' | 'appId'>,
  at: number,
  content: ObservationContent,
): Promise<void> {
  await store.record({
    id: mintId(),
    appId,
    recordingId: id,
    source: 'CLOCK',
    occurredAt: at,
    receivedAt: clock.now(),
    content,
    raw: null,
    hash: `${id}:${at}:${JSON.stringify(content)}`,
  });
}
