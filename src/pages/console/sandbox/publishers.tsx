import { useState } from 'react';
import { Card, Outcome, useControl } from './card';
import { type Publisher, type SandboxControl } from './control';

/** A uid that no user of the list has. */
function freeUid(publishers: readonly Publisher[]): string {
  const uids = publishers.map(({ uid }) => Number(uid));
  return String(Math.max(70, ...uids) + 1);
}

/** Who sends audio and video in a channel. */
export function PublishersCard({ control }: { control: SandboxControl }) {
  const [channel, setChannel] = useState('');
  const [publishers, setPublishers] = useState<readonly Publisher[] | null>(null);
  const { busy, done, run } = useControl();
  const change = (index: number, part: Partial<Publisher>) =>
    setPublishers((known) => known?.map((user, at) => (at === index ? { ...user, ...part } : user)) ?? null);

  return (
    <Card title="Publishers">
      <form
        className="inline"
        onSubmit={(event) => {
          event.preventDefault();
          run(async () => {
            setPublishers(await control.publishers(channel));
            return `These users publish in ${channel}.`;
          });
        }}
      >
        <div className="field">
          <label htmlFor="sandbox-channel">Channel</label>
          <input
            id="sandbox-channel"
            required
            maxLength={64}
            value={channel}
            onChange={({ target }) => {
              setChannel(target.value);
              setPublishers(null);
            }}
          />
        </div>
        <button disabled={busy}>Show</button>
      </form>
      {publishers !== null && (
        <>
          <ul className="plain">
            {publishers.map(({ uid, audio, video }, index) => (
              <li key={index} className="publisher">
                <input
                  aria-label={`uid of user ${index + 1}`}
                  inputMode="numeric"
                  value={uid}
                  onChange={({ target }) => change(index, { uid: target.value })}
                />
                <label className="check">
                  <input
                    type="checkbox"
                    checked={audio}
                    onChange={({ target }) => change(index, { audio: target.checked })}
                  />
                  Audio
                </label>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={video}
                    onChange={({ target }) => change(index, { video: target.checked })}
                  />
                  Video
                </label>
                <button
                  aria-label={`Remove user ${index + 1}`}
                  onClick={() => setPublishers(publishers.filter((_, at) => at !== index))}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <div className="buttons">
            <button
              onClick={() =>
                setPublishers([...publishers, { uid: freeUid(publishers), audio: true, video: true }])
              }
            >
              Add a user
            </button>
            <button
              className="primary"
              disabled={busy}
              onClick={() =>
                run(async () => {
                  setPublishers(await control.changePublishers(channel, publishers));
                  return 'The users are set.';
                })
              }
            >
              Set
            </button>
          </div>
        </>
      )}
      <Outcome done={done} />
    </Card>
  );
}
