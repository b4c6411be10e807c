import { type UserError } from '@agora-recording-gateway/client';
import { useState } from 'react';
import { Refusals } from './user-errors';

export interface Form {
  busy: boolean;
  refusals: Refusals;
  /** Why the mutation could not be sent; null if it was. */
  failure: string | null;
  /** Runs a mutation; `done` is called when it was not refused. */
  submit: (mutation: () => Promise<readonly UserError[]>, done: () => void) => void;
}

const NONE = new Refusals();

/** What was typed into a field. */
export function textOf(form: FormData, name: string): string {
  return (form.get(name) as string).trim();
}

/** A form that sends a mutation, and keeps why it was refused until it is sent again. */
export function useForm(): Form {
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState(NONE);
  const [failure, setFailure] = useState<string | null>(null);

  async function send(mutation: () => Promise<readonly UserError[]>, done: () => void): Promise<void> {
    setBusy(true);
    setRefusals(NONE);
    setFailure(null);
    try {
      const errors = await mutation();
      if (errors.length === 0) done();
      else setRefusals(new Refusals(errors));
    } catch (error) {
      setFailure((error as Error).message);
    }
    setBusy(false);
  }

  return { busy, refusals, failure, submit: (mutation, done) => void send(mutation, done) };
}
