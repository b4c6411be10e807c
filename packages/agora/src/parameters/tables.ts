import { COMPOSITE_PARAMETERS, INDIVIDUAL_PARAMETERS, SNAPSHOT_PARAMETERS } from './channel.js';
import { BACKGROUND_PARAMETERS, CANVAS_PARAMETERS, LAYOUT_PARAMETERS, REGION_PARAMETERS } from './layout.js';
import { type Parameter, type ParameterTable } from './parameter.js';
import { RESOURCE_PARAMETERS, START_PARAMETERS } from './resource.js';
import { STORAGE_EXTENSION_PARAMETERS, STORAGE_PARAMETERS } from './storage.js';
import { PUSH_OUTPUT_PARAMETERS, WEB_PARAMETERS } from './web.js';

/** Every table of parameters, by the input of the schema that has them. */
export const PARAMETER_TABLES: Readonly<Record<string, ParameterTable>> = {
  AcquireResourceInput: RESOURCE_PARAMETERS,
  StartRecordingInput: { ...RESOURCE_PARAMETERS, ...START_PARAMETERS },
  CompositeConfigInput: COMPOSITE_PARAMETERS,
  TranscodingConfigInput: { ...CANVAS_PARAMETERS, ...LAYOUT_PARAMETERS },
  LayoutRegionInput: REGION_PARAMETERS,
  UserBackgroundInput: BACKGROUND_PARAMETERS,
  IndividualConfigInput: INDIVIDUAL_PARAMETERS,
  SnapshotConfigInput: SNAPSHOT_PARAMETERS,
  WebConfigInput: WEB_PARAMETERS,
  PushOutputInput: PUSH_OUTPUT_PARAMETERS,
  StorageConfigInput: STORAGE_PARAMETERS,
  StorageExtensionInput: STORAGE_EXTENSION_PARAMETERS,
};

export const ALL_PARAMETERS: readonly (readonly [name: string, row: Parameter])[] = Object.values(
  PARAMETER_TABLES,
).flatMap((table) => Object.entries(table));

/** The name of a parameter in Agora's requests. */
export function wireName({ wire }: Parameter): string {
  return wire.slice(wire.lastIndexOf('.') + 1);
}

/** Properties of Agora's requests whose whole values are secrets. */
export const SECRET_WIRE_NAMES: ReadonlySet<string> = new Set(
  ALL_PARAMETERS.filter(([, { secrecy }]) => secrecy === 'secret').map(([, row]) => wireName(row)),
);

/** Names of the optional texts. Clients whose structures have no optional properties send them as empty texts. */
export const OPTIONAL_TEXTS: ReadonlySet<string> = new Set(
  ALL_PARAMETERS.filter(([, { type, required }]) => type.kind === 'text' && required !== true).map(
    ([name]) => name,
  ),
);
