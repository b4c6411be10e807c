import { type ReactNode } from 'react';

/** Why the value of a field was refused. */
export function FieldErrors({ messages }: { messages: readonly string[] }) {
  return messages.map((message) => (
    <p key={message} className="field-error">
      {message}
    </p>
  ));
}

interface LabelledProps {
  id: string;
  label: string;
  hint?: string;
  /** Why the gateway refused the value; none if it did not. */
  errors?: readonly string[];
  children: ReactNode;
}

/** A control with its name, what it means, and why its value was refused. The control has the same id. */
export function Labelled({ id, label, hint = '', errors = [], children }: LabelledProps) {
  return (
    <div className="field" data-refused={errors.length > 0}>
      <label htmlFor={id}>{label}</label>
      {children}
      <FieldErrors messages={errors} />
      {hint !== '' && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
