import { words } from '../shell/text';

interface RadiosProps<Value extends string> {
  legend: string;
  /** Whether the legend is for screen readers only. */
  isLegendHidden?: boolean;
  name: string;
  values: readonly Value[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

/** One of a few values, all of which are shown. */
export function Radios<Value extends string>(props: RadiosProps<Value>) {
  const { legend, isLegendHidden = false, name, values, chosen, onChoose } = props;
  return (
    <fieldset className="modes">
      <legend className={isLegendHidden ? 'hidden' : undefined}>{legend}</legend>
      {values.map((value) => (
        <label key={value} className="check">
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen === value}
            onChange={() => onChoose(value)}
          />
          {words(value)}
        </label>
      ))}
    </fieldset>
  );
}
