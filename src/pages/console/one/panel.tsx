import * as Tabs from '@radix-ui/react-tabs';
import { Change } from '../change/change';
import { LifePicture } from '../life/life-picture';
import { Player } from '../player/player';
import { moveTo, useAddress } from '../shell/address';
import { PhaseBadge } from '../shell/phase';
import { fullTime, words } from '../shell/text';
import { Actions } from './actions';
import { type Details, useDetails } from './details';
import { useEvents } from './events';
import { Facts, factsOf } from './facts';
import { Overview } from './overview';
import { Timeline } from './timeline';

function Files({ files }: Pick<Details, 'files'>) {
  if (files.nodes.length === 0) return <p className="notice">Agora has not named files yet.</p>;
  return (
    <>
      <p className="quiet">
        {files.totalCount.exact ? '' : 'At least '}
        {files.totalCount.count} {files.totalCount.count === 1 ? 'file' : 'files'}
      </p>
      <ul className="files">
        {files.nodes.map(({ id, fileName, kind, trackType, uid, startedAt, playable }) => (
          <li key={id}>
            <code className="long">{fileName}</code>
            <span className="quiet">
              {[
                words(kind),
                trackType && words(trackType),
                uid && `uid ${uid}`,
                startedAt && fullTime(startedAt),
                playable === true && 'playable',
              ]
                .filter((part) => part)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Settings({ settings, storage }: Pick<Details, 'settings' | 'storage'>) {
  return (
    <>
      {settings === null && <p className="notice">It was started elsewhere; its settings are not known.</p>}
      {settings !== null && <Facts facts={factsOf(settings)} />}
      {settings?.__typename === 'CompositeSettings' && (
        <>
          <h3>Canvas</h3>
          <Facts facts={factsOf(settings.transcoding)} />
        </>
      )}
      {storage !== null && (
        <>
          <h3>Storage</h3>
          <Facts facts={factsOf(storage)} />
        </>
      )}
    </>
  );
}

const TABS = ['Overview', 'Timeline', 'Files', 'Settings', 'Change'] as const;

/** One recording: what it does, why, and everything that was learned of it. */
export function RecordingPanel({ id }: { id: string }) {
  const events = useEvents(id);
  const { details, isInterrupted, ...one } = useDetails(id, events.events.at(-1)?.id ?? null);
  const error = one.error ?? events.error;
  const tab = useAddress().get('tab') ?? 'Overview';

  return (
    <article
      className="panel"
      aria-label={details === null ? 'Recording' : `Recording of ${details.channel}`}
    >
      <header>
        <div className="panel-title">
          <h2>{details?.channel ?? 'Recording'}</h2>
          {details !== null && <PhaseBadge phase={details.phase} isInferred={details.phaseInferred} />}
          <button
            className="close"
            aria-label="Close the recording"
            onClick={() => moveTo({ recording: null, tab: null })}
          >
            ×
          </button>
        </div>
        {details !== null && <p className="explanation">{details.explanation}</p>}
        {details !== null && <Actions details={details} />}
        {isInterrupted && <p className="notice warning">The connection is lost. It is tried again.</p>}
        {error !== null && (
          <p role="alert" className="notice error">
            {error.message}
          </p>
        )}
        {details === null && error === null && <p className="notice">Loading…</p>}
      </header>
      {details !== null && (
        <Tabs.Root
          value={tab}
          onValueChange={(next) => moveTo({ tab: next }, { replace: true })}
          className="tabs"
        >
          <Tabs.List aria-label="Parts of the recording" className="tab-list">
            {TABS.map((name) => (
              <Tabs.Trigger key={name} value={name}>
                {name}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <Tabs.Content value="Overview">
            <Overview details={details} />
          </Tabs.Content>
          <Tabs.Content value="Timeline">
            <LifePicture details={details} events={events.events} />
            <Timeline {...events} />
          </Tabs.Content>
          <Tabs.Content value="Files">
            <Player id={details.id} files={details.files.totalCount.count} />
            <Files files={details.files} />
          </Tabs.Content>
          <Tabs.Content value="Settings">
            <Settings settings={details.settings} storage={details.storage} />
          </Tabs.Content>
          <Tabs.Content value="Change">
            <Change details={details} />
          </Tabs.Content>
        </Tabs.Root>
      )}
    </article>
  );
}
