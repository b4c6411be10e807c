import { type RecordingStatus } from '@agora-recording-gateway/client';
import { memo } from 'react';
import { addressWith, followLink } from '../shell/address';
import { PhaseBadge } from '../shell/phase';
import { ago, fullTime, percent, time, words } from '../shell/text';

interface RowProps {
  recording: RecordingStatus;
  index: number;
  problems: number;
  now: number;
  isOpen: boolean;
  /** The address, of which its link keeps the filters. */
  search: string;
  /** Where it stands in the list, pixels. */
  top: number;
  height: number;
}

function Upload({ upload }: { upload: RecordingStatus['upload'] }) {
  if (upload.state === 'NOT_STARTED') return <span className="quiet">–</span>;
  if (upload.state !== 'IN_PROGRESS' || upload.progress == null) return <>{words(upload.state)}</>;
  return (
    <span className="upload">
      <progress aria-label="Upload" max={1} value={upload.progress} /> {percent(upload.progress)}
    </span>
  );
}

function ListRow({ recording, index, problems, now, isOpen, search, top, height }: RowProps) {
  const { id, channel, uid, mode, phase, phaseInferred, phaseSince, startedAt, upload, metadata } = recording;
  const since = phaseSince ?? startedAt;
  const tags = metadata.map(({ key, value }) => `${key}=${value}`);
  return (
    <div
      className="row"
      role="row"
      aria-rowindex={index + 2}
      data-open={isOpen}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <span role="cell" className="cell-phase">
        <PhaseBadge phase={phase} isInferred={phaseInferred} />
      </span>
      <span role="cell" className="cell-channel">
        <a
          href={addressWith({ recording: id }, search)}
          aria-current={isOpen ? 'true' : undefined}
          onClick={(event) => followLink(event, { recording: id })}
        >
          {channel}
        </a>
        <span className="quiet"> · {uid}</span>
      </span>
      <span role="cell" className="cell-since" title={fullTime(since)}>
        {time(since, now)} <span className="quiet">{ago(since, now)}</span>
      </span>
      <span role="cell" className="cell-mode">
        {words(mode)}
      </span>
      <span role="cell" className="cell-upload">
        <Upload upload={upload} />
      </span>
      <span role="cell" className="cell-problems">
        {problems > 0 ? (
          <span className="problems">
            {problems} {problems === 1 ? 'problem' : 'problems'}
          </span>
        ) : (
          <span className="quiet" aria-label="No problems">
            –
          </span>
        )}
      </span>
      <span role="cell" className="cell-metadata" title={tags.join('\n')}>
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </span>
    </div>
  );
}

/** Drawn again only when something of it is different: others change many times a second. */
export const Row = memo(ListRow);
