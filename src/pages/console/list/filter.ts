import { type RecordingFilter } from '@agora-recording-gateway/client';
import { type Phase, PHASES } from '../shell/phase';

export const MODES = ['COMPOSITE', 'INDIVIDUAL', 'WEB'] as const;

/** Agora's id of a recording. */
const SID = /^[0-9a-f]{32}$/i;

/** What was typed into the search: a sid, `key=value` of the metadata, or the beginning of a channel's name. */
function searchFilter(text: string): RecordingFilter {
  if (text === '') return {};
  if (SID.test(text)) return { sids: [text] };
  const at = text.indexOf('=');
  if (at > 0) return { metadata: [{ key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }] };
  return { channelPrefix: text };
}

export function phasesOf(address: URLSearchParams): Phase[] {
  const names = (address.get('phase') ?? '').split(',');
  return PHASES.filter((phase) => names.includes(phase));
}

export function modeOf(address: URLSearchParams): (typeof MODES)[number] | null {
  return MODES.find((mode) => mode === address.get('mode')) ?? null;
}

/** The filter of the list that the address bar describes. */
export function filterOf(address: URLSearchParams): RecordingFilter {
  const phases = phasesOf(address);
  const mode = modeOf(address);
  return {
    ...searchFilter((address.get('q') ?? '').trim()),
    ...(phases.length === 0 ? {} : { phases }),
    ...(mode === null ? {} : { modes: [mode] }),
    ...(address.get('problems') === 'yes' ? { hasProblems: true } : {}),
  };
}
