import { Labelled } from '../forms/labelled';
import { fieldWords, words } from '../shell/text';
import { keyOf, type StartField } from './fields';

function Control({ field, isRefused }: { field: StartField; isRefused: boolean }) {
  const id = keyOf(field);
  const { kind, isList, choices, isRequired, isSecret, min, max } = field;
  const common = {
    id,
    name: id,
    required: isRequired,
    'aria-describedby': `${id}-hint`,
    'aria-invalid': isRefused,
  };
  if (kind === 'choice' && isList)
    return (
      <select {...common} multiple size={Math.min(choices.length, 4)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  if (kind === 'choice' || kind === 'boolean') {
    const options = kind === 'boolean' ? ['true', 'false'] : choices;
    return (
      <select {...common} defaultValue="">
        <option value="">{isRequired ? 'Choose' : 'Default'}</option>
        {options.map((choice) => (
          <option key={choice} value={choice}>
            {kind === 'boolean' ? (choice === 'true' ? 'Yes' : 'No') : words(choice)}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'number') return <input {...common} type="number" min={min} max={max} step="any" />;
  return (
    <input
      {...common}
      type={isSecret ? 'password' : 'text'}
      autoComplete="off"
      placeholder={isList ? 'Separated by commas' : undefined}
    />
  );
}

export function OptionField({ field, errors }: { field: StartField; errors: readonly string[] }) {
  const label = field.path.slice(2).map(fieldWords).join(': ');
  return (
    <Labelled id={keyOf(field)} label={label} hint={field.hint} errors={errors}>
      <Control field={field} isRefused={errors.length > 0} />
    </Labelled>
  );
}
