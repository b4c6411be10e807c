import { useState } from 'react';
import { Labelled } from '../forms/labelled';
import { Outcome, useCommand } from '../shell/command';
import { Card } from './card';
import { type Publisher, type SandboxControl } from './control';

const KINDS = [
  ['audio', 'Audio'],
  ['video', 'Video'],
] as const;

/** A uid that no user of the list has. */
function freeUid(publishers: readonly Publisher[]): string {
  const uids = publishers.map(({ uid }) => Number(uid));
  return String(Math.max(70, ...uids) + 1);
}

/** Who sends audio and video in a channel. */
export function PublishersCard({ control }: { control: SandboxControl }) {
  const [channel, setChannel] = useState('');
  const [publishers, setPublishers] = useState<readonly Publisher[] | null>(null);
  const { busy, done, run } = useCommand();
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
        <Labelled id="sandbox-channel" label="Channel">
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
        </Labelled>
        <button disabled={busy}>Show</button>
      </form>
      {publishers !== null && (
        <>
          <ul className="plain">
            {publishers.map((user, index) => (
              <li key={index} className="publisher">
                <input
                  aria-label={`uid of user ${index + 1}`}
                  inputMode="numeric"
                  value={user.uid}
                  onChange={({ target }) => change(index, { uid: target.value })}
                />
                {KINDS.map(([kind, label]) => (
                  <label key={kind} className="check">
                    <input
                      type="checkbox"
                      checked={user[kind]}
                      onChange={({ target }) => change(index, { [kind]: target.checked })}
                    />
                    {label}
                  </label>
                ))}
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
