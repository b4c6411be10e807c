import { Labelled } from '../forms/labelled';
import { type Region } from './canvas';

const FRACTIONS = [
  ['x', 'Left'],
  ['y', 'Top'],
  ['width', 'Width'],
  ['height', 'Height'],
  ['alpha', 'Opacity'],
] as const;

interface WindowFieldsProps {
  index: number;
  region: Region;
  onChange: (region: Region) => void;
}

/** A window in numbers, as fractions of the canvas. */
export function WindowFields({ index, region, onChange }: WindowFieldsProps) {
  return (
    <fieldset className="window-fields">
      <legend>Window {index + 1}</legend>
      <Labelled id="window-uid" label="uid">
        <input
          id="window-uid"
          inputMode="numeric"
          placeholder="By joining"
          value={region.uid ?? ''}
          onChange={({ target }) => onChange({ ...region, uid: target.value.trim() || null })}
        />
      </Labelled>
      {FRACTIONS.map(([name, label]) => (
        <Labelled key={name} id={`window-${name}`} label={label}>
          <input
            id={`window-${name}`}
            type="number"
            step="any"
            required
            value={Number.isNaN(region[name]) ? '' : region[name]}
            onChange={({ target }) => onChange({ ...region, [name]: target.valueAsNumber })}
          />
        </Labelled>
      ))}
      <Labelled id="window-mode" label="Video">
        <select
          id="window-mode"
          value={region.renderMode}
          onChange={({ target }) => onChange({ ...region, renderMode: target.value as Region['renderMode'] })}
        >
          <option value="CROPPED">Cropped</option>
          <option value="FIT">Fit</option>
        </select>
      </Labelled>
    </fieldset>
  );
}
