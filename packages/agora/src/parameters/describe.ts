import { boundsText } from './bounds.js';
import { type Parameter } from './parameter.js';

/** The description of a parameter where it is shown. */
export function shownDescription({ description, absent, secrecy }: Parameter): string {
  const parts = [description];
  if (secrecy === 'page-address') {
    parts.push('without user, password, fragment and the values of its query, which may be credentials');
  }
  const shown = parts.join(', ');
  return absent === undefined ? `${shown}.` : `${shown}; null: ${absent}.`;
}

/**
 * The description of a parameter where it is set: with bounds, default and secrecy. `nameOf`: a value of a choice as the
 * schema names it.
 */
export function inputDescription(
  row: Parameter,
  nameOf: (value: number | string | boolean) => string,
): string {
  const { type, note, secrecy, defaultText, absent } = row;
  const bounds = boundsText(type);
  const sentences = [bounds === null ? `${row.description}.` : `${row.description}: ${bounds}.`];
  if (note !== undefined) sentences.push(note);
  const value = row.default;
  if (defaultText !== undefined) sentences.push(`Default ${defaultText}.`);
  else if (absent !== undefined) sentences.push(`Default: ${absent}.`);
  else if (Array.isArray(value) && value.length > 0)
    sentences.push(`Default [${value.map(nameOf).join(', ')}].`);
  else if (value !== null && !Array.isArray(value)) sentences.push(`Default ${nameOf(value as string)}.`);
  if (secrecy === 'secret') sentences.push('It is never returned.');
  if (secrecy === 'push-address') sentences.push('It is returned without its key.');
  if (secrecy === 'page-address') sentences.push('It is returned without credentials.');
  return sentences.join(' ');
}
