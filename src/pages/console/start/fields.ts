/** A field of the form, made at build time from the table of start options. */
export interface StartField {
  /** Where its value stands in the input of startRecording. */
  path: readonly string[];
  kind: 'choice' | 'number' | 'boolean' | 'text';
  isList: boolean;
  choices: readonly string[];
  isRequired: boolean;
  isSecret: boolean;
  /** Meaning, bounds and default. */
  hint: string;
  min?: number;
  max?: number;
}

export type StartMode = 'composite' | 'individual' | 'web';

/** The bundler puts them here. */
declare const START_FIELDS: Readonly<Record<StartMode, readonly StartField[]>>;

export const FIELDS = START_FIELDS;

export function keyOf({ path }: Pick<StartField, 'path'>): string {
  return path.join('.');
}

/** The value that was put into a field; undefined where it was left empty, so that the default is in force. */
function valueOf(field: StartField, given: readonly string[]): unknown {
  const texts = given.flatMap((text) => (field.isList && field.kind === 'text' ? text.split(',') : [text]));
  const filled = texts.map((text) => text.trim()).filter((text) => text !== '');
  if (filled.length === 0) return undefined;
  if (field.isList) return filled;
  const [first = ''] = filled;
  if (field.kind === 'number') return Number(first);
  return field.kind === 'boolean' ? first === 'true' : first;
}

/** The `config` of a start from what the form holds. */
export function configOf(mode: StartMode, form: FormData): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const field of FIELDS[mode]) {
    const value = valueOf(field, form.getAll(keyOf(field)) as string[]);
    if (value === undefined) continue;
    const names = field.path.slice(2);
    const parent = names.slice(0, -1).reduce((object, name) => {
      object[name] ??= {};
      return object[name] as Record<string, unknown>;
    }, options);
    parent[names.at(-1) ?? ''] = value;
  }
  return { [mode]: options };
}
