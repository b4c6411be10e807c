/**
 * What Agora's documents leave open. Each entry says how the sandbox behaves by default; `PUT /sandbox/assumptions` turns
 * it round, so that a client can be tried against both readings.
 */
export const SANDBOX_ASSUMPTIONS = {
  alreadyStartedCarriesSid: {
    claim: 'The reply 201/7 to a second start with the same resource id carries the sid of the recording.',
    default: false,
  },
  redundantCopyKeepsNoticeId: {
    claim: 'A redundant copy of a notification carries the noticeId of the first.',
    default: false,
  },
  sliceStartTimeInSeconds: {
    claim: 'sliceStartTime of each file is in seconds, as the newer text says and no sample shows.',
    default: false,
  },
} as const;

export type AssumptionName = keyof typeof SANDBOX_ASSUMPTIONS;

export type Assumptions = Record<AssumptionName, boolean>;

export const ASSUMPTION_NAMES = Object.keys(SANDBOX_ASSUMPTIONS) as AssumptionName[];

export function defaultAssumptions(): Assumptions {
  return {
    alreadyStartedCarriesSid: SANDBOX_ASSUMPTIONS.alreadyStartedCarriesSid.default,
    redundantCopyKeepsNoticeId: SANDBOX_ASSUMPTIONS.redundantCopyKeepsNoticeId.default,
    sliceStartTimeInSeconds: SANDBOX_ASSUMPTIONS.sliceStartTimeInSeconds.default,
  };
}
