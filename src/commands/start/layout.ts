import { type Layout } from '@agora-recording-gateway/agora/client/requests';
import { factsOf } from '@agora-recording-gateway/agora/parameters/facts';
import { LAYOUT_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import { wireBelow } from '@agora-recording-gateway/agora/parameters/wire';
import { type LayoutSettings } from '../../recordings/observation.js';
import { type SentSecret } from '../../telemetry/known-secrets.js';
import { sentSecrets } from './sent-secrets.js';
import { type LayoutInput } from './start-input.js';

/** The layout in Agora's words, as start and updateLayout send it. */
export function layoutRequest(input: LayoutInput): Layout {
  return wireBelow(LAYOUT_PARAMETERS, '', input);
}

/** The layout that is in force then: what is omitted falls back to Agora's defaults. */
export function layoutSettings(input: LayoutInput): LayoutSettings {
  return factsOf(LAYOUT_PARAMETERS, input);
}

/** The credentials in the addresses of images. */
export function layoutSecrets(input: LayoutInput): SentSecret[] {
  return sentSecrets(LAYOUT_PARAMETERS, input);
}
