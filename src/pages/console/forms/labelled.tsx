import { type ReactNode } from 'react';

interface LabelledProps {
  id: string;
  label: string;
  hint: string;
  /** Why the gateway refused the value; none if it did not. */
  errors: readonly string[];
  children: ReactNode;
}

/** A control with its name, what it means, and why its value was refused. The control has the same id. */
export function Labelled({ id, label, hint, errors, children }: LabelledProps) {
  return (
    <div className="field" data-refused={errors.length > 0}>
      <label htmlFor={id}>{label}</label>
      {children}
      {errors.map((error) => (
        <p key={error} className="field-error">
          {error}
        </p>
      ))}
      {hint !== '' && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
