import { UpdateRecordingDocument } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useState } from 'react';
import { Labelled } from '../forms/labelled';
import { useForm } from '../forms/use-form';
import { FormErrors } from '../forms/user-errors';
import { type Details } from '../one/details';
import { type Choice, choiceOf, type Kind, LISTS, listsOf } from './subscription';

const USERS = [
  ['all', 'All users'],
  ['only', 'Only these'],
  ['except', 'All but these'],
] as const;

const KINDS: readonly Kind[] = ['audio', 'video'];

const LABELS: Record<Kind, string> = { audio: 'Audio', video: 'Video' };

type Choices = Record<Kind, Choice>;

function currentChoices({ settings }: Details): Choices {
  if (settings === null || settings.__typename === 'WebSettings')
    return { audio: choiceOf(null, null), video: choiceOf(null, null) };
  return {
    audio: choiceOf(settings.subscribeAudioUids, settings.unsubscribeAudioUids),
    video: choiceOf(settings.subscribeVideoUids, settings.unsubscribeVideoUids),
  };
}

const pathOf = (kind: Kind, list: 'only' | 'except') => `change.streams.${LISTS[kind][list]}`;

/** Changes whose audio and video are recorded. */
export function SubscriptionForm({ details }: { details: Details }) {
  const client = useGateway();
  const [choices, setChoices] = useState(() => currentChoices(details));
  const [done, setDone] = useState(false);
  const form = useForm();
  const { busy, refusals, submit } = form;
  const { update } = details.actions;
  const fields = KINDS.flatMap((kind) => [pathOf(kind, 'only'), pathOf(kind, 'except')]);
  const change = (kind: Kind, part: Partial<Choice>) =>
    setChoices((known) => ({ ...known, [kind]: { ...known[kind], ...part } }));

  function send(): void {
    setDone(false);
    const streams = { ...listsOf('audio', choices.audio), ...listsOf('video', choices.video) };
    const input = { recordingId: details.id, change: { streams } };
    submit(
      async () => (await client.request(UpdateRecordingDocument, { input })).updateRecording.userErrors,
      () => setDone(true),
    );
  }

  return (
    <form
      className="form"
      aria-labelledby="subscription-title"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h3 id="subscription-title">Whose streams are recorded</h3>
      <div className="fields">
        {KINDS.map((kind) => {
          const { users, uids } = choices[kind];
          const errors = [...refusals.at(pathOf(kind, 'only')), ...refusals.at(pathOf(kind, 'except'))];
          return (
            <div key={kind} className="stack">
              <Labelled id={`${kind}-users`} label={`${LABELS[kind]} of`}>
                <select
                  id={`${kind}-users`}
                  value={users}
                  onChange={({ target }) => change(kind, { users: target.value as Choice['users'] })}
                >
                  {USERS.map(([name, label]) => (
                    <option key={name} value={name}>
                      {label}
                    </option>
                  ))}
                </select>
              </Labelled>
              {(users !== 'all' || errors.length > 0) && (
                <Labelled
                  id={`${kind}-uids`}
                  label={`uids for ${kind}`}
                  hint="Separated by commas, at most 32."
                  errors={errors}
                >
                  <input
                    id={`${kind}-uids`}
                    value={uids}
                    autoComplete="off"
                    aria-invalid={errors.length > 0}
                    aria-describedby={`${kind}-uids-hint`}
                    onChange={({ target }) => change(kind, { uids: target.value })}
                  />
                </Labelled>
              )}
            </div>
          );
        })}
      </div>
      <FormErrors form={form} fields={fields} />
      <button className="primary" disabled={busy || !update.possible} title={update.message ?? undefined}>
        {busy ? 'Changing…' : 'Change the streams'}
      </button>
      <p role="status" className={done ? 'notice' : ''}>
        {done && 'Agora has taken the change.'}
      </p>
    </form>
  );
}
