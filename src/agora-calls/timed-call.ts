import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { type Clock } from '../recordings/clock.js';
import { type CallSettings, type Upstream } from './upstream.js';

/** A call, and when it was asked by the gateway's clock: once its turn had come, not when it began to wait. */
export async function timedCall(
  upstream: Upstream,
  clock: Clock,
  request: AgoraRequest,
  settings: CallSettings,
): Promise<{ result: CallResult; askedAt: number }> {
  let askedAt = clock.now();
  const onTurn = async () => {
    await settings.onTurn?.();
    askedAt = clock.now();
  };
  const result = await upstream.call(request, { ...settings, onTurn });
  return { result, askedAt };
}
