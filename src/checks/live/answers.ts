import { ASSUMPTION_NAMES, type AssumptionName } from '@agora-recording-gateway/agora/assumptions';

/** `unseen`: the calls showed nothing about it. */
export type Verdict = 'holds' | 'contradicted' | 'unseen';

export interface Answer {
  name: AssumptionName;
  verdict: Verdict;
  /** What was seen, or what it would take to see it. */
  detail: string;
}

const NOTIFICATIONS =
  'Only notifications show it. A running gateway counts what contradicts it in gateway_assumption_contradictions_total.';
const FILES = 'Only files show it, those of a channel in which users publish (--channel).';
const PAGE = 'Only a web page recording shows it (--page).';
const STREAMS = 'Only the streams of chosen users show it.';

/** What it would take to see an assumption that the series has not shown. */
const UNSEEN: Partial<Record<AssumptionName, string>> = {
  sequenceCountsAllEvents: NOTIFICATIONS,
  sequenceBeginsAnewAfterFailover: NOTIFICATIONS,
  redundantCopyHasOtherNoticeId: NOTIFICATIONS,
  noEventThirteen: NOTIFICATIONS,
  consoleCheckIsOfTestWebhook: NOTIFICATIONS,
  sessionExitSaysExitStatus: NOTIFICATIONS,
  leaveCodeIsBitmask: NOTIFICATIONS,
  eventStatusIsNumber: NOTIFICATIONS,
  sliceStartSaysMixedAllUserAsBoolean: NOTIFICATIONS,
  webUploadedHasNoFileList: NOTIFICATIONS,
  pushStatusIsWord: NOTIFICATIONS,
  statusUpdateFollowsStatus: NOTIFICATIONS,
  productIsCloudRecording: NOTIFICATIONS,
  factsHaveDocumentedPlaces: NOTIFICATIONS,
  sliceStartTimeIsMilliseconds: FILES,
  fileListIsArray: FILES,
  individualAnswersJson: FILES,
  webFilesSayFilename: PAGE,
  servicesHaveNames: PAGE,
  listsAreArrays: PAGE,
  webStopSaysPayload: PAGE,
  unsubscribeIsHonoured: STREAMS,
  unSubscribeIsHonoured: STREAMS,
  expiryEndsOnlyCalls: 'It takes a recording of more than an hour.',
  rateLimitedNamesNoWait: 'Agora refused no call with 429, and the series does not provoke that.',
  lateStopIsPartial: 'No upload took longer than Agora waits.',
  lateStopSaysCode: 'No upload took longer than Agora waits.',
  uploadIsCalledUnknown: 'No reply had an upload whose status is not known.',
};

/** Collects what the calls say about the assumptions. One contradiction outweighs any number of confirmations. */
export class Answers {
  readonly #seen = new Map<AssumptionName, { verdict: 'holds' | 'contradicted'; detail: string }>();

  /** `detail`: what was seen, in a few words. */
  note(name: AssumptionName, holds: boolean, detail: string): void {
    const before = this.#seen.get(name);
    if (before?.verdict === 'contradicted' || (before !== undefined && holds)) return;
    this.#seen.set(name, { verdict: holds ? 'holds' : 'contradicted', detail });
  }

  /** One for each assumption, in the order of the table of assumptions. */
  list(): Answer[] {
    return ASSUMPTION_NAMES.map((name) => ({
      name,
      ...(this.#seen.get(name) ?? { verdict: 'unseen', detail: UNSEEN[name] ?? 'No reply showed it.' }),
    }));
  }
}
