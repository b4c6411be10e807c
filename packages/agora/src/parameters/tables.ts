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

function optionalTextsOf(table: ParameterTable): string[] {
  return Object.entries(table)
    .filter(([, { type, required }]) => type.kind === 'text' && required !== true)
    .map(([name]) => name);
}

/** The parameters of the objects in a list, by the name of the list. */
const ITEM_TABLES: ReadonlyMap<string, ParameterTable> = new Map(
  ALL_PARAMETERS.flatMap(([name, { type }]) => (type.kind === 'objects' ? [[name, type.of] as const] : [])),
);

const ITEM_TEXTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...ITEM_TABLES].map(([list, table]) => [list, new Set(optionalTextsOf(table))]),
);

const OPTIONAL_TEXTS: ReadonlySet<string> = new Set(
  Object.values(PARAMETER_TABLES)
    .filter((table) => ![...ITEM_TABLES.values()].includes(table))
    .flatMap(optionalTextsOf),
);

/**
 * Whether a field of an input is an optional text: clients whose structures have no optional properties send it empty.
 * `list`: the list whose objects have the field, or null; a field of the same name may be required elsewhere.
 */
export function isOptionalText(name: string, list: string | null): boolean {
  return (list === null ? OPTIONAL_TEXTS : ITEM_TEXTS.get(list))?.has(name) ?? false;
}
