import { UpdateLayoutDocument } from '@agora-recording-gateway/client';
import { useGateway } from '@agora-recording-gateway/client/react';
import { useState } from 'react';
import { FieldErrors, Labelled } from '../forms/labelled';
import { Radios } from '../forms/radios';
import { useForm } from '../forms/use-form';
import { FormErrors } from '../forms/user-errors';
import { type Details } from '../one/details';
import { added, MAX_REGIONS, PREVIEWS, type Region } from './canvas';
import { Picture } from './picture';
import { WindowFields } from './window-fields';

const LAYOUTS = ['FLOATING', 'ADAPTIVE', 'VERTICAL', 'CUSTOM'] as const;

type Layout = (typeof LAYOUTS)[number];

/** What Agora takes where a start names no size. Pixels. */
const DEFAULT_SIZE = { width: 360, height: 640 };

const FIELDS = ['mixedVideoLayout', 'layoutConfig', 'backgroundColor', 'maxResolutionUid'];

interface Canvas {
  layout: Layout;
  background: string;
  /** Of the large window of the vertical layout. */
  largeUid: string;
  regions: readonly Region[];
}

function transcodingOf({ settings }: Details) {
  return settings?.__typename === 'CompositeSettings' ? settings.transcoding : null;
}

function currentCanvas(details: Details): Canvas {
  const transcoding = transcodingOf(details);
  return {
    layout: LAYOUTS.find((layout) => layout === transcoding?.mixedVideoLayout) ?? 'FLOATING',
    background: transcoding?.backgroundColor ?? '#000000',
    largeUid: transcoding?.maxResolutionUid ?? '',
    regions: (transcoding?.layoutConfig ?? []).map(({ uid, x, y, width, height, alpha, renderMode }) => ({
      ...{ uid, x, y, width, height, alpha },
      renderMode: renderMode === 'FIT' ? 'FIT' : 'CROPPED',
    })),
  };
}

/** Changes how the users are laid out: one of Agora's layouts, or windows that are placed on a picture of the canvas. */
export function LayoutForm({ details }: { details: Details }) {
  const client = useGateway();
  const [canvas, setCanvas] = useState(() => currentCanvas(details));
  const [chosen, setChosen] = useState<number | null>(null);
  const [done, setDone] = useState(false);
  const form = useForm();
  const { busy, refusals, submit } = form;
  const { updateLayout } = details.actions;
  const { layout, background, largeUid, regions } = canvas;
  const change = (part: Partial<Canvas>) => setCanvas((known) => ({ ...known, ...part }));
  const changeRegion = (index: number, region: Region) =>
    setCanvas((known) => ({
      ...known,
      regions: known.regions.map((each, at) => (at === index ? region : each)),
    }));
  const isCustom = layout === 'CUSTOM';
  const transcoding = transcodingOf(details);
  const size = transcoding === null ? DEFAULT_SIZE : { width: transcoding.width, height: transcoding.height };
  const worked = isCustom && chosen !== null ? regions[chosen] : undefined;

  function send(): void {
    setDone(false);
    const input = {
      recordingId: details.id,
      mixedVideoLayout: layout,
      backgroundColor: background,
      ...(layout === 'VERTICAL' && largeUid !== '' ? { maxResolutionUid: largeUid } : {}),
      ...(isCustom ? { layoutConfig: [...regions] } : {}),
    };
    submit(
      async () => (await client.request(UpdateLayoutDocument, { input })).updateLayout.userErrors,
      () => setDone(true),
    );
  }

  return (
    <form
      className="form"
      aria-labelledby="layout-title"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h3 id="layout-title">Layout</h3>
      <Radios
        legend="Layout"
        isLegendHidden
        name="layout"
        values={LAYOUTS}
        chosen={layout}
        onChoose={(name) => change({ layout: name })}
      />
      <FieldErrors messages={refusals.at('mixedVideoLayout')} />
      <Picture
        size={size}
        background={background}
        regions={isCustom ? regions : PREVIEWS[layout]}
        chosen={chosen}
        onChoose={setChosen}
        onChange={isCustom ? changeRegion : null}
      />
      <p className="hint" id="canvas-keys">
        {isCustom
          ? 'Drag a window, or its corner. Arrow keys move it, with Shift they change its size, with Control in large steps.'
          : 'Roughly, with four users: Agora places the windows.'}
      </p>
      <FieldErrors messages={refusals.at('layoutConfig')} />
      {isCustom && (
        <div className="buttons">
          <button
            type="button"
            disabled={regions.length >= MAX_REGIONS}
            onClick={() => {
              change({ regions: [...regions, added(regions)] });
              setChosen(regions.length);
            }}
          >
            Add a window
          </button>
          {worked !== undefined && (
            <button
              type="button"
              onClick={() => {
                change({ regions: regions.filter((_, index) => index !== chosen) });
                setChosen(null);
              }}
            >
              Remove window {(chosen ?? 0) + 1}
            </button>
          )}
        </div>
      )}
      {worked !== undefined && chosen !== null && (
        <WindowFields
          key={chosen}
          index={chosen}
          region={worked}
          onChange={(region) => changeRegion(chosen, region)}
        />
      )}
      <div className="fields">
        {layout === 'VERTICAL' && (
          <Labelled
            id="layout-large"
            label="uid of the large window"
            hint="Empty: the first user who joined."
            errors={refusals.at('maxResolutionUid')}
          >
            <input
              id="layout-large"
              value={largeUid}
              inputMode="numeric"
              aria-describedby="layout-large-hint"
              onChange={({ target }) => change({ largeUid: target.value.trim() })}
            />
          </Labelled>
        )}
        <Labelled id="layout-background" label="Background" errors={refusals.at('backgroundColor')}>
          <input
            id="layout-background"
            type="color"
            value={background.toLowerCase()}
            onChange={({ target }) => change({ background: target.value.toUpperCase() })}
          />
        </Labelled>
      </div>
      <FormErrors form={form} fields={FIELDS} />
      <button
        className="primary"
        disabled={busy || !updateLayout.possible}
        title={updateLayout.message ?? undefined}
      >
        {busy ? 'Changing…' : 'Change the layout'}
      </button>
      <p role="status" className={done ? 'notice' : ''}>
        {done && 'Agora has taken the layout.'}
      </p>
    </form>
  );
}
