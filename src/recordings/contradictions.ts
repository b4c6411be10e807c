import { type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import { entriesOf, valueOf, valuesOf } from './by-name.js';
import { type Observation } from './observation.js';
import { type RecordingState } from './state.js';

/** leaveCode of event 41: the bit for an empty channel (docs/agora/notifications.md, Event details). */
const NO_USERS = 4;

/** Which assumptions an observation contradicts, by what was known of its recording before. */
export function contradictedByHistory(before: RecordingState, observation: Observation): AssumptionName[] {
  const { content } = observation;
  const found: AssumptionName[] = [];
  const when = (holds: boolean, name: AssumptionName) => holds && found.push(name);
  if (content.kind === 'notification') {
    const { uid, sequence, details } = content.notification;
    const { sequences } = before.bookkeeping;
    if (sequence !== null) {
      const runs = valueOf(sequences, uid)?.runs ?? [];
      when(
        runs.some(([from, to]) => from <= sequence && sequence <= to),
        'sequenceCountsAllEvents',
      );
      const continues = entriesOf(sequences).some(
        ([other, stream]) => other !== uid && stream.runs.at(-1)?.[1] === sequence - 1,
      );
      when(runs.length === 0 && sequence > 1 && continues, 'sequenceBeginsAnewAfterFailover');
    }
    if (details.type === 'RECORDER_LEAVE' && ((details.leaveCode ?? 0) & NO_USERS) !== 0) {
      const receives = valuesOf(before.streams).some(
        ({ audio, video }) => audio?.value === true || video?.value === true,
      );
      when(receives, 'leaveCodeIsBitmask');
    }
    const isWeb = before.start?.mode === 'web' || before.isWeb;
    const hasFiles =
      (details.type === 'UPLOADED' || details.type === 'BACKUPED') && details.fileList !== null;
    when(isWeb && hasFiles, 'webUploadedHasNoFileList');
  }
  // The sid decides; before a recording has one there is nothing to compare.
  if (content.kind === 'notification' && before.sid !== null) {
    const { cname } = content.notification;
    when(cname !== '' && cname !== before.channel, 'namesAgree');
  }
  if (content.kind === 'no-reply' || content.kind === 'reply')
    when(content.named !== undefined, 'namesAgree');
  if (content.kind === 'reply' && content.operation === 'stop') {
    const second = before.stopTakenAt !== null && before.stopTakenAt < observation.occurredAt;
    when(second && content.httpStatus === 404, 'secondStopIsInvalid');
  }
  return found;
}
