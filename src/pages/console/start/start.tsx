import { startRecording, type StartRecordingInput } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useState } from 'react';
import { useChoices } from '../forms/choices';
import { Labelled } from '../forms/labelled';
import { Radios } from '../forms/radios';
import { textOf, useForm } from '../forms/use-form';
import { FormErrors } from '../forms/user-errors';
import { addressWith, followLink, moveTo } from '../shell/address';
import { OptionField } from './field';
import { configOf, FIELDS, keyOf, type StartMode } from './fields';

const MODES: readonly StartMode[] = ['composite', 'individual', 'web'];

const ADOPT = { room: 'adopt' };

function inputOf(mode: StartMode, form: FormData): StartRecordingInput {
  const metadata = textOf(form, 'metadata')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [key = '', ...rest] = line.split('=');
      return { key: key.trim(), value: rest.join('=').trim() };
    });
  const optional = (name: string) => textOf(form, name) || null;
  return {
    channel: textOf(form, 'channel'),
    uid: textOf(form, 'uid'),
    appId: optional('appId'),
    storage: optional('storage'),
    metadata,
    // The table's names and values, which the gateway checks.
    config: configOf(mode, form) as StartRecordingInput['config'],
  };
}

/** Starts a recording in each mode. What the gateway refuses is shown at its field. */
export function StartRoom() {
  const client = useGateway();
  const { projects, storageProfiles } = useChoices();
  const [mode, setMode] = useState<StartMode>('composite');
  const form = useForm();
  const { busy, refusals, submit } = form;

  const fields = FIELDS[mode];
  const known = ['channel', 'uid', 'appId', 'storage', 'metadata', ...fields.map(keyOf)];
  const errorsAt = (place: string) => refusals.at(place);

  function start(form: FormData): void {
    let started: string | null = null;
    submit(
      async () => {
        const outcome = await startRecording(client, inputOf(mode, form));
        if (!outcome.ok) return outcome.userErrors;
        started = outcome.recording.id;
        return [];
      },
      () => moveTo({ room: null, recording: started }),
    );
  }

  return (
    <section className="room" aria-labelledby="start-title">
      <h2 id="start-title">Start a recording</h2>
      <p className="quiet">
        One that was started elsewhere can be{' '}
        <a href={addressWith(ADOPT)} onClick={(event) => followLink(event, ADOPT)}>
          adopted
        </a>
        .
      </p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          start(new FormData(event.currentTarget));
        }}
      >
        <Radios legend="Mode" name="mode" values={MODES} chosen={mode} onChoose={setMode} />
        <div className="fields">
          <Labelled id="channel" label="Channel" hint="Its exact name." errors={errorsAt('channel')}>
            <input id="channel" name="channel" required aria-describedby="channel-hint" />
          </Labelled>
          <Labelled
            id="uid"
            label="uid"
            hint="Of the recorder: a number that no user of the channel has."
            errors={errorsAt('uid')}
          >
            <input id="uid" name="uid" required inputMode="numeric" aria-describedby="uid-hint" />
          </Labelled>
          <Labelled id="appId" label="Project" errors={errorsAt('appId')}>
            <select id="appId" name="appId">
              <option value="">Default</option>
              {projects.map(({ appId }) => (
                <option key={appId}>{appId}</option>
              ))}
            </select>
          </Labelled>
          <Labelled id="storage" label="Storage profile" errors={errorsAt('storage')}>
            <select id="storage" name="storage">
              <option value="">Default</option>
              {storageProfiles.map(({ name, bucket }) => (
                <option key={name} value={name}>
                  {name} ({bucket})
                </option>
              ))}
            </select>
          </Labelled>
          <Labelled
            id="metadata"
            label="Metadata"
            hint="An entry for each line: key=value."
            errors={errorsAt('metadata')}
          >
            <textarea id="metadata" name="metadata" rows={2} aria-describedby="metadata-hint" />
          </Labelled>
          {fields
            .filter(({ isRequired }) => isRequired)
            .map((field) => (
              <OptionField key={keyOf(field)} field={field} errors={errorsAt(keyOf(field))} />
            ))}
        </div>
        <details open={fields.some((field) => !field.isRequired && errorsAt(keyOf(field)).length > 0)}>
          <summary>Options ({fields.filter(({ isRequired }) => !isRequired).length})</summary>
          <div className="fields">
            {fields
              .filter(({ isRequired }) => !isRequired)
              .map((field) => (
                <OptionField key={keyOf(field)} field={field} errors={errorsAt(keyOf(field))} />
              ))}
          </div>
        </details>
        <FormErrors form={form} fields={known} />
        <button className="primary" disabled={busy}>
          {busy ? 'Starting…' : 'Start'}
        </button>
      </form>
    </section>
  );
}
