/** Why a call to Agora was not sent, in words that follow "The call was not sent:". */
export const NOT_SENT_REASONS = {
  budget: 'the call budget is used up.',
  'lease-lost': 'another gateway is working on this recording.',
  'queue-full': 'too many calls are queued for this recording.',
  'stop-under-way': 'the recording is being stopped.',
  closing: 'the gateway is shutting down.',
  'store-unavailable': "the gateway's store is unavailable.",
} as const;

export type NotSentReason = keyof typeof NOT_SENT_REASONS;

/** A call to Agora was not sent, so Agora cannot have acted on it. */
export class NotSentError extends Error {
  /** `detail` replaces the reason's own text. */
  constructor(
    readonly reason: NotSentReason,
    { detail = NOT_SENT_REASONS[reason], cause }: { detail?: string; cause?: unknown } = {},
  ) {
    super(`The call was not sent: ${detail}`, { cause });
  }
}
