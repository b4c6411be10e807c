import { type Layout } from '@agora-recording-gateway/agora/client/requests';
import { pageAddressParts } from '@agora-recording-gateway/agora/redaction/address';
import { type LayoutSettings } from '../../recordings/observation.js';
import { type SentSecret } from '../../telemetry/known-secrets.js';
import { given } from './given.js';
import { type LayoutInput } from './start-input.js';

/** The layout in Agora's words, as start and updateLayout send it. */
export function layoutRequest(input: LayoutInput): Layout {
  const { layoutConfig, backgroundConfig, ...plain } = input;
  return {
    ...given(plain),
    ...(layoutConfig == null
      ? {}
      : {
          layoutConfig: layoutConfig.map(({ uid, x, y, width, height, alpha, renderMode }) => ({
            ...given({ uid, alpha, render_mode: renderMode }),
            x_axis: x,
            y_axis: y,
            width,
            height,
          })),
        }),
    ...(backgroundConfig == null
      ? {}
      : {
          backgroundConfig: backgroundConfig.map(({ uid, imageUrl, renderMode }) => ({
            uid,
            image_url: imageUrl,
            ...given({ render_mode: renderMode }),
          })),
        }),
  };
}

function shownAddress(address: string | null | undefined): string | null {
  return address == null ? null : pageAddressParts(address).shown;
}

/** The credentials in the addresses of images. */
export function layoutSecrets(input: LayoutInput): SentSecret[] {
  const { backgroundImage, defaultUserBackgroundImage, backgroundConfig } = input;
  const images = (backgroundConfig ?? []).map(({ imageUrl }) => imageUrl);
  return [backgroundImage, defaultUserBackgroundImage, ...images]
    .filter((address) => address != null)
    .flatMap((address) => pageAddressParts(address).secrets.map((text) => ({ kind: 'page', text }) as const));
}

/** The layout that is in force then: what is left out falls back to Agora's defaults (rest-api-reference.md, updateLayout). */
export function layoutSettings(input: LayoutInput): LayoutSettings {
  return {
    mixedVideoLayout: input.mixedVideoLayout ?? 0,
    backgroundColor: input.backgroundColor ?? '#000000',
    backgroundImage: shownAddress(input.backgroundImage),
    defaultUserBackgroundImage: shownAddress(input.defaultUserBackgroundImage),
    maxResolutionUid: input.maxResolutionUid ?? null,
    layoutConfig: (input.layoutConfig ?? []).map((region) => ({
      ...region,
      uid: region.uid ?? null,
      alpha: region.alpha ?? 1,
      renderMode: region.renderMode ?? 0,
    })),
    backgroundConfig: (input.backgroundConfig ?? []).map(({ uid, imageUrl, renderMode }) => ({
      uid,
      imageUrl: pageAddressParts(imageUrl).shown,
      renderMode: renderMode ?? 0,
    })),
  };
}
