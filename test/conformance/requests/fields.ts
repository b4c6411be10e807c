import { GROUPS } from '../request-properties/rows.js';
import { type Json } from '../request-properties/row.js';

type Path = readonly (string | number)[];

/** Properties that are not one field of an input: config and its mode stand for them, or the gateway sends them itself. */
const WITHOUT_FIELD = new Set([
  'acquire-request.startParameter',
  'client-request.recordingConfig',
  'client-request.recordingFileConfig',
  'client-request.extensionServiceConfig',
  'snapshotConfig.fileType',
  'extensionServiceConfig.extensionServices',
  'extensionServiceConfig.serviceName',
  'extensionServiceConfig.serviceParam',
  'clientRequest.storageConfig',
  'clientRequest.webRecordingConfig',
  'clientRequest.rtmpPublishConfig',
  'streamSubscribe.audioUidList',
  'streamSubscribe.videoUidList',
]);

/** The modes by the names that config has for them. */
const CONFIGS = ['composite', 'individual', 'web'];

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where a row's input has its value: the innermost place below objects with one property and lists of one item. */
function leafOf(value: unknown, path: Path): Path {
  if (Array.isArray(value) && value.length === 1 && isObject(value[0]) && Object.keys(value[0]).length > 0) {
    return leafOf(value[0], [...path, 0]);
  }
  if (!isObject(value)) return path;
  const names = Object.keys(value);
  return names.length === 1 ? leafOf(value[names[0]!], [...path, names[0]!]) : path;
}

/** Where a field with this name stands in a row's input, if there is one. */
function placeOf(name: string, value: unknown, path: Path): Path | null {
  if (typeof value !== 'object' || value === null) return null;
  if (name in value) return [...path, name];
  for (const [key, inner] of Object.entries(value)) {
    const found = placeOf(name, inner, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== null) return found;
  }
  return null;
}

const FIELDS: ReadonlyMap<string, Path> = new Map(
  GROUPS.flatMap((group) => group.rows)
    .filter(({ property }) => !WITHOUT_FIELD.has(property) && !property.endsWith('-request.clientRequest'))
    .map(({ property, input }) => {
      const name = property.slice(property.lastIndexOf('.') + 1);
      return [property, placeOf(name, input, []) ?? leafOf(input, [])];
    }),
);

function has(input: unknown, [name, ...rest]: Path): boolean {
  if (name === undefined) return true;
  if (typeof input !== 'object' || input === null || !(name in input)) return false;
  return has((input as Json)[name], rest);
}

/** The index in a list of objects, such as the regions of a layout; 0 if there is none. */
function indexIn(path: Path): number {
  return path.findLast((part) => typeof part === 'number') ?? 0;
}

/** updateLayout has the fields of a layout without those around it. */
const isLayout = (part: string | number) => part === 'layoutConfig' || part === 'backgroundConfig';

/** Where an input has the field for a property of the body; null if it has none. */
export function fieldOf(property: string, bodyPath: Path, input: Json): Path | null {
  const field = FIELDS.get(property);
  if (field === undefined || field.length === 0) return null;
  const mode = CONFIGS.find((name) => isObject(input.config) && name in input.config);
  const path = field.map((part) => {
    if (typeof part === 'number') return indexIn(bodyPath);
    return mode !== undefined && CONFIGS.includes(part) ? mode : part;
  });
  const candidates = [path, ['change', 'storageCredentials', ...path], path.slice(path.findIndex(isLayout))];
  return candidates.find((candidate) => candidate.length > 0 && has(input, candidate)) ?? null;
}
