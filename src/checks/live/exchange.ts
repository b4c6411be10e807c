import { callAgora, type CallResult, type Credentials } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { type Redact } from '@agora-recording-gateway/agora/redaction/redact';

/** One call of the series and its reply. The request is as it was sent, with its secrets. */
export interface Exchange {
  /** What the call was for, for the captures. */
  step: string;
  request: AgoraRequest;
  result: CallResult;
}

export interface Caller {
  /** Sends a call when the pace allows it. Once the series was ended, only a stop is sent; others reject with its reason. */
  call(step: string, request: AgoraRequest, options?: { contentType?: string }): Promise<CallResult>;
  /** All calls so far, in order. */
  exchanges: readonly Exchange[];
}

export interface CallerParts {
  baseUrl: string;
  credentials: Credentials;
  /** Cuts secrets out of replies. */
  redact: Redact;
  /** Waits for real milliseconds. */
  pause: (milliseconds: number) => Promise<void>;
  /** Ends the series. */
  signal: AbortSignal;
}

/** Calls a second, so that gateways of the same project keep nearly all of Agora's ten. */
const CALL_INTERVAL_MS = 500;

/** Calls Agora one call at a time, and keeps what it answered. */
export function createCaller({ baseUrl, credentials, redact, pause, signal }: CallerParts): Caller {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    async call(step, request, options = {}) {
      if (exchanges.length > 0) await pause(CALL_INTERVAL_MS);
      if (request.operation !== 'stop') signal.throwIfAborted();
      const result = await callAgora(request, { baseUrl, credentials, redact, ...options });
      exchanges.push({ step, request, result });
      return result;
    },
  };
}
