export interface Publisher {
  uid: string;
  audio: boolean;
  video: boolean;
}

/** How notifications are disturbed: shares from 0 to 1, and times in milliseconds of the sandbox's clock. */
export interface Disturbance {
  loss: number;
  repetition: number;
  delay: number;
  delayMs: number;
}

export interface Fault {
  id: number;
  operation: string;
  cname?: string;
  remaining: number;
  drop?: 'request' | 'reply';
  delayMs?: number;
  status?: number;
  body?: { reason?: string; message?: string };
}

/** A fault that is asked for: one of `reply`, `drop` and `delayMs` says what happens to the call. */
export interface FaultAsked {
  operation: string;
  cname?: string;
  times: number;
  reply?: string;
  drop?: 'request' | 'reply';
  delayMs?: number;
}

/** A reply of Agora that a fault can name. */
export interface NamedReply {
  operation: string;
  name: string;
  status: number;
}

export interface ClockReading {
  nowMs: number;
  speed: number;
}

/** The controls of the sandbox. Each rejects with an Error for people. */
export interface SandboxControl {
  clock: (signal?: AbortSignal) => Promise<ClockReading>;
  changeClock: (change: { speed?: number; stepMs?: number }) => Promise<ClockReading>;
  notifications: (signal?: AbortSignal) => Promise<Disturbance>;
  changeNotifications: (change: Disturbance) => Promise<Disturbance>;
  replies: (signal?: AbortSignal) => Promise<readonly NamedReply[]>;
  faults: (signal?: AbortSignal) => Promise<readonly Fault[]>;
  addFault: (fault: FaultAsked) => Promise<unknown>;
  clearFaults: () => Promise<unknown>;
  publishers: (channel: string) => Promise<readonly Publisher[]>;
  changePublishers: (channel: string, publishers: readonly Publisher[]) => Promise<readonly Publisher[]>;
}

/** How the gateway and the sandbox say why they refuse. */
interface Refusal {
  error?: string;
  message?: string;
  errors?: readonly { message: string }[];
}

function reasonOf({ error, message, errors }: Refusal, status: number): string {
  return error ?? message ?? errors?.[0]?.message ?? `The gateway answered with HTTP ${status}.`;
}

/**
 * The controls below `console/sandbox`, next to the page. `token`: the caller's credential. `onRefused` is called when the gateway
 * refuses it.
 */
export function sandboxControl(token: string | null, onRefused: () => void): SandboxControl {
  async function ask<Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    { body, signal }: { body?: object; signal?: AbortSignal } = {},
  ): Promise<Answer> {
    const response = await fetch(new URL(`console/sandbox/${path}`, document.baseURI), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    });
    if (response.status === 401) onRefused();
    const answer = (await response.json()) as unknown;
    if (!response.ok) throw new Error(reasonOf(answer as Refusal, response.status));
    return answer as Answer;
  }

  const channelPath = (channel: string) => `channels/${encodeURIComponent(channel)}`;
  return {
    clock: (signal) => ask('GET', 'clock', { signal }),
    changeClock: (body) => ask('PUT', 'clock', { body }),
    notifications: (signal) => ask('GET', 'notifications', { signal }),
    changeNotifications: (body) => ask('PUT', 'notifications', { body }),
    replies: async (signal) => (await ask<{ replies: NamedReply[] }>('GET', 'replies', { signal })).replies,
    faults: async (signal) => (await ask<{ faults: Fault[] }>('GET', 'faults', { signal })).faults,
    addFault: (body) => ask('POST', 'faults', { body }),
    clearFaults: () => ask('DELETE', 'faults'),
    publishers: async (channel) =>
      (await ask<{ publishers: Publisher[] }>('GET', channelPath(channel))).publishers,
    changePublishers: async (channel, publishers) =>
      (await ask<{ publishers: Publisher[] }>('PUT', channelPath(channel), { body: { publishers } }))
        .publishers,
  };
}
