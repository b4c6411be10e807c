import { type UserError } from '@agora-recording-gateway/client';

/** Where an error belongs: the path of its field without the name of the mutation's argument. */
function placeOf({ field }: UserError): string {
  const path = field ?? [];
  return (path[0] === 'input' ? path.slice(1) : path).join('.');
}

const isBelow = (place: string, field: string) => place === field || place.startsWith(`${field}.`);

/** Why a mutation was refused, by the fields of its form. */
export class Refusals {
  readonly #errors: readonly UserError[];

  constructor(errors: readonly UserError[] = []) {
    this.#errors = errors;
  }

  /** What is wrong with a field, or with a part of it. */
  at(field: string): string[] {
    return this.#errors.filter((error) => isBelow(placeOf(error), field)).map(({ message }) => message);
  }

  /** What belongs to none of these fields. */
  elsewhere(fields: readonly string[]): string[] {
    return this.#errors
      .filter((error) => !fields.some((field) => isBelow(placeOf(error), field)))
      .map(({ message }) => message);
  }
}

interface FormErrorsProps {
  form: { refusals: Refusals; failure: string | null };
  /** Those that show their refusals themselves. */
  fields: readonly string[];
}

/** What belongs to no field: why nothing was done, and what went wrong on the way. */
export function FormErrors({ form: { refusals, failure }, fields }: FormErrorsProps) {
  const elsewhere = refusals.elsewhere(fields);
  return (
    <div role="alert">
      {(failure === null ? elsewhere : [failure, ...elsewhere]).map((message) => (
        <p key={message} className="notice error">
          {message}
        </p>
      ))}
    </div>
  );
}
