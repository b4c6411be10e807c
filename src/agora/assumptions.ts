/**
 * What Agora's documents leave open and the gateway's behaviour rests on. Each entry says what we take to be so, where
 * that comes from, and what happens should it be otherwise.
 */
export interface Assumption {
  claim: string;
  source: string;
  ifFalse: string;
}

export const ASSUMPTIONS = {
  sequenceStartsAtZeroPerRecorder: {
    claim: 'sequence counts the notifications of one (sid, uid) from 0, whatever events are subscribed to.',
    source: 'callback-service.md ("starting from 0"); agora-facts.md, section 1 (?)',
    ifFalse: 'Gaps are reported that are none. They cost queries within the budget, never a wrong state.',
  },
  alreadyStartedMayLackSid: {
    claim: 'The reply 201/7 of start may come without the sid of the recording that runs.',
    source: 'agora-facts.md, section 3 (?)',
    ifFalse: 'The sid is taken from the reply where it is there.',
  },
  redundantCopyMayHaveOtherNoticeId: {
    claim: 'A redundant copy of a notification may carry another noticeId.',
    source: 'agora-facts.md, section 1 (?)',
    ifFalse: 'Nothing: the second key, (sid, uid, eventType, sequence, sendts), then never decides.',
  },
  consoleCheckIsChannelTestWebhook: {
    claim: "The console's check sends events of channel test_webhook.",
    source: 'agora-facts.md, section 1 (?)',
    ifFalse: 'A check whose events carry a sid makes an external recording; one without is ignored.',
  },
  leaveCodeIsBitmask: {
    claim: 'leaveCode of event 41 is a bitmask in which 4 says that nobody was in the channel.',
    source: 'agora-facts.md, section 5, row 10',
    ifFalse: 'endReason IDLE is marked uncertain, and the raw number stands beside it.',
  },
} as const satisfies Record<string, Assumption>;
