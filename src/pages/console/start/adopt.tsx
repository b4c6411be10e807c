import { AdoptRecordingDocument, type RecordingStatus } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useChoices } from '../forms/choices';
import { Labelled } from '../forms/labelled';
import { textOf, useForm } from '../forms/use-form';
import { FormErrors } from '../forms/user-errors';
import { MODES } from '../list/filter';
import { moveTo, useAddress } from '../shell/address';
import { words } from '../shell/text';

const FIELDS = ['channel', 'uid', 'sid', 'resourceId', 'mode', 'appId', 'resourceExpiredHours'];

/** Takes control of a recording that was started elsewhere. The address may name what is known of it. */
export function AdoptRoom() {
  const client = useGateway();
  const address = useAddress();
  const { projects } = useChoices();
  const form = useForm();
  const { busy, refusals, submit } = form;

  function adopt(form: FormData): void {
    const hours = textOf(form, 'resourceExpiredHours');
    const input = {
      channel: textOf(form, 'channel'),
      uid: textOf(form, 'uid'),
      sid: textOf(form, 'sid'),
      resourceId: textOf(form, 'resourceId'),
      mode: textOf(form, 'mode') as RecordingStatus['mode'],
      appId: textOf(form, 'appId') || null,
      resourceExpiredHours: hours === '' ? null : Number(hours),
    };
    let adopted: string | null = null;
    submit(
      async () => {
        const { adoptRecording } = await client.request(AdoptRecordingDocument, { input });
        adopted = adoptRecording.recording?.id ?? null;
        return adoptRecording.userErrors;
      },
      () =>
        moveTo({
          room: null,
          recording: adopted,
          channel: null,
          uid: null,
          sid: null,
          mode: null,
          appId: null,
        }),
    );
  }

  const text = (name: string, label: string, hint: string) => (
    <Labelled id={name} label={label} hint={hint} errors={refusals.at(name)}>
      <input
        id={name}
        name={name}
        required
        autoComplete="off"
        defaultValue={address.get(name) ?? ''}
        aria-describedby={`${name}-hint`}
      />
    </Labelled>
  );

  return (
    <section className="room" aria-labelledby="adopt-title">
      <h2 id="adopt-title">Adopt a recording</h2>
      <p className="quiet">
        The gateway asks Agora about it, and can then watch, change and stop it as if it had started it.
      </p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          adopt(new FormData(event.currentTarget));
        }}
      >
        <div className="fields">
          {text('channel', 'Channel', 'The channel that it was started with.')}
          {text('uid', 'uid', 'The uid that it was started with.')}
          {text('sid', 'sid', "The recording's id in the reply to its start.")}
          {text('resourceId', 'Resource id', 'What acquire returned, and its start named.')}
          <Labelled id="mode" label="Mode" errors={refusals.at('mode')}>
            <select id="mode" name="mode" required defaultValue={address.get('mode') ?? 'COMPOSITE'}>
              {MODES.map((mode) => (
                <option key={mode} value={mode}>
                  {words(mode)}
                </option>
              ))}
            </select>
          </Labelled>
          <Labelled id="appId" label="Project" errors={refusals.at('appId')}>
            <select id="appId" name="appId" key={projects.length} defaultValue={address.get('appId') ?? ''}>
              <option value="">Default</option>
              {projects.map(({ appId }) => (
                <option key={appId}>{appId}</option>
              ))}
            </select>
          </Labelled>
          <Labelled
            id="resourceExpiredHours"
            label="Resource expires after"
            hint="Hours that it was acquired with. Default 72."
            errors={refusals.at('resourceExpiredHours')}
          >
            <input
              id="resourceExpiredHours"
              name="resourceExpiredHours"
              type="number"
              min={1}
              max={720}
              aria-describedby="resourceExpiredHours-hint"
            />
          </Labelled>
        </div>
        <FormErrors form={form} fields={FIELDS} />
        <button className="primary" disabled={busy}>
          {busy ? 'Asking…' : 'Adopt'}
        </button>
      </form>
    </section>
  );
}
