import { STORAGE_EFFECTS } from '@agora-recording-gateway/agora/tables/storage-rules';
import { type EffectRule } from '../../input-warnings.js';
import {
  type AcquireInput,
  type IndividualConfigInput,
  type LayoutInput,
  type PlaceInput,
  type RecordingConfigInput,
  type StartInput,
  type StreamConfigInput,
} from '../start-input.js';
import { fromInput, type StorageConfigInput } from '../storage.js';
import { isWeb } from './rules.js';

/** Values of start, acquire and updateLayout that only have an effect in some cases (docs/agora/starting-and-stopping.md). */

const AUDIO_ONLY = 0;
const VERTICAL_LAYOUT = 2;
const CUSTOM_LAYOUT = 3;
const MODES_WITH_SALT: readonly (number | null | undefined)[] = [7, 8];

export const LAYOUT_EFFECTS: readonly EffectRule<LayoutInput>[] = [
  {
    field: ['maxResolutionUid'],
    message: 'maxResolutionUid has an effect in the VERTICAL layout only.',
    hasNoEffect: ({ maxResolutionUid, mixedVideoLayout }) =>
      maxResolutionUid != null && mixedVideoLayout !== VERTICAL_LAYOUT,
  },
  {
    field: ['layoutConfig'],
    message: 'layoutConfig has an effect in the CUSTOM layout only.',
    hasNoEffect: ({ layoutConfig, mixedVideoLayout }) =>
      layoutConfig != null && mixedVideoLayout !== CUSTOM_LAYOUT,
  },
];

const STREAM_EFFECTS: readonly EffectRule<StreamConfigInput>[] = [
  {
    field: ['secret'],
    message: 'secret has an effect with a decryptionMode only.',
    hasNoEffect: ({ decryptionMode, secret }) => secret != null && (decryptionMode ?? 0) === 0,
  },
  {
    field: ['salt'],
    message: 'salt has an effect with decryptionMode AES_128_GCM2 or AES_256_GCM2 only.',
    hasNoEffect: ({ decryptionMode, salt }) => salt != null && !MODES_WITH_SALT.includes(decryptionMode),
  },
];

const INDIVIDUAL_EFFECTS: readonly EffectRule<IndividualConfigInput>[] = [
  {
    field: ['streamMode'],
    message: 'streamMode ORIGINAL has an effect with streamTypes AUDIO only.',
    hasNoEffect: ({ streamMode, streamTypes }) => streamMode === 'original' && streamTypes !== AUDIO_ONLY,
  },
];

const STORAGE_INPUT_EFFECTS = STORAGE_EFFECTS.map(
  ({ field, message, broken }): EffectRule<StorageConfigInput> => ({
    field: field === 'stsExpiration' ? [field] : ['extensionParams', field],
    message,
    hasNoEffect: (input) => broken(fromInput(input).config),
  }),
);

/** The rules for a part of the input, as rules for the whole. */
function within<Whole, Part>(
  path: readonly string[],
  part: (whole: Whole) => Part | null | undefined,
  rules: readonly EffectRule<Part>[],
): EffectRule<Whole>[] {
  return rules.map(({ field, message, hasNoEffect }) => ({
    field: [...path, ...field],
    message,
    hasNoEffect: (whole) => {
      const found = part(whole);
      return found != null && hasNoEffect(found);
    },
  }));
}

type Place = PlaceInput & { config?: RecordingConfigInput | null; scene?: number | null };

const PLACE_EFFECTS: readonly EffectRule<Place>[] = [
  {
    field: ['token'],
    message: 'token has no effect in a web page recording, which joins no channel.',
    hasNoEffect: (input) => input.token != null && isWeb(input),
  },
  ...within(['storageConfig'], ({ storageConfig }: Place) => storageConfig, STORAGE_INPUT_EFFECTS),
  ...within(['config', 'individual'], ({ config }: Place) => config?.individual, [
    ...STREAM_EFFECTS,
    ...INDIVIDUAL_EFFECTS,
  ]),
  ...within(['config', 'composite'], ({ config }: Place) => config?.composite, STREAM_EFFECTS),
  ...within(
    ['config', 'composite', 'transcodingConfig'],
    ({ config }: Place) => config?.composite?.transcodingConfig,
    LAYOUT_EFFECTS,
  ),
];

export const START_EFFECTS: readonly EffectRule<StartInput>[] = [
  ...PLACE_EFFECTS,
  ...(['region', 'excludeResourceIds'] as const).map((name): EffectRule<StartInput> => ({
    field: [name],
    message: `${name} has no effect with a resourceId: the resource was acquired without it.`,
    hasNoEffect: (input) => input.resourceId != null && input[name] != null,
  })),
];

export const ACQUIRE_EFFECTS: readonly EffectRule<AcquireInput>[] = [
  ...PLACE_EFFECTS,
  ...(['token', 'storage', 'storageConfig'] as const).map((name): EffectRule<AcquireInput> => ({
    field: [name],
    message: `${name} has no effect without config: it belongs to the start that is described by config.`,
    // The token of a web page recording has its own warning.
    hasNoEffect: (input) =>
      input[name] != null && input.config == null && !(name === 'token' && isWeb(input)),
  })),
];

/** Of credentials that an update sends. */
export const STORAGE_CONFIG_EFFECTS: readonly EffectRule<StorageConfigInput>[] = STORAGE_INPUT_EFFECTS;
