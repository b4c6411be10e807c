import { ago, duration, fullTime, percent, useNow, words } from '../shell/text';
import { type Details } from './details';
import { Facts } from './facts';

function Problems({ problems }: Pick<Details, 'problems'>) {
  if (problems.nodes.length === 0) return null;
  return (
    <section aria-label="Problems">
      <h3>Problems ({problems.totalCount.count})</h3>
      <ul className="problem-list">
        {problems.nodes.map(({ id, severity, code, message, occurredAt }) => (
          <li key={id} className="notice" data-severity={severity}>
            <strong>{words(code)}</strong> <span className="quiet">{fullTime(occurredAt)}</span>
            <p>{message}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Overview({ details }: { details: Details }) {
  const now = useNow();
  const { delivery, evidence, upload, streams } = details;
  const { missing } = delivery;
  return (
    <>
      <Problems problems={details.problems} />
      <h3>State</h3>
      <Facts
        facts={[
          ['Started', fullTime(details.startedAt)],
          ['Started by', details.startedBy],
          [
            'Phase since',
            details.phaseSince && `${fullTime(details.phaseSince)} (${ago(details.phaseSince, now)})`,
          ],
          [
            'Proven by',
            evidence &&
              `${words(evidence.kind ?? 'UNKNOWN')} (${words(evidence.source)}), ${fullTime(evidence.at)}`,
          ],
          ['End', details.endReason && words(details.endReason)],
          ['Ended', details.endedAt && fullTime(details.endedAt)],
          ['Duration', details.durationSeconds === null ? null : duration(details.durationSeconds)],
          ['Upload', words(upload.state) + (upload.progress == null ? '' : `, ${percent(upload.progress)}`)],
          ['Observed', `${fullTime(details.observedAt)} (${words(details.observedBy)})`],
          ['Next look', details.nextObservationAt && fullTime(details.nextObservationAt)],
        ]}
      />
      <h3>Identity</h3>
      <Facts
        facts={[
          ['Recording', <code>{details.id}</code>],
          ['sid', details.sid && <code>{details.sid}</code>],
          ['Resource', details.resourceId && <code className="long">{details.resourceId}</code>],
          ['Project', <code>{details.appId}</code>],
          ['uid', details.uid],
          ['Recorder uid', details.currentRecorderUid !== details.uid && details.currentRecorderUid],
          ...details.metadata.map(({ key, value }) => [key, value] as const),
        ]}
      />
      {streams.length > 0 && <h3>Streams</h3>}
      <Facts
        facts={streams.map(({ uid, audio, video }) => [
          `uid ${uid}`,
          `audio ${audio === null ? 'unknown' : audio ? 'on' : 'off'}, video ${video === null ? 'unknown' : video ? 'on' : 'off'}`,
        ])}
      />
      <h3>Delivery of notifications</h3>
      <Facts
        facts={[
          ['Received', delivery.received],
          ['Repeated', delivery.duplicates],
          ['Out of order', delivery.outOfOrder],
          ['Conflicts', delivery.conflicts],
          ['Missing', delivery.missingCount],
          ['Ranges', missing.map(({ recorderUid, from, to }) => `${recorderUid}: ${from}–${to}`).join('; ')],
        ]}
      />
    </>
  );
}
