import * as z from 'zod';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { readText, reasonOf } from './files.js';
import { parseJson } from './json.js';
import {
  Profile,
  type ProfileFields,
  profileSettings,
  type StorageProfileSettings,
} from './storage-profile.js';
import { appCertificate, appId } from './value-types.js';

/** An Agora project that is recorded, and whose notifications are accepted. */
export interface ProjectSettings {
  appId: string;
  /** What its RTC tokens are signed with; null if the gateway makes none. */
  appCertificate: Secret | null;
  webhookSecrets: Secret[];
}

/** What the file named by GATEWAY_CONFIG holds. */
export interface GatewayConfig {
  /** Ended recordings are removed after this many days without news; null keeps them for good. */
  retentionDays: number | null;
  projects: ProjectSettings[];
  storageProfiles: StorageProfileSettings[];
  allowInlineStorage: boolean;
}

const DEFAULT_RETENTION_DAYS = 90;
const MAX_RETENTION_DAYS = 36_500;

/** Only the shape of the list is checked here, so that a wrong entry does not hide a name that is used twice. */
const Project = z.strictObject({
  appId,
  appCertificate: appCertificate.optional(),
  webhookSecrets: z.array(z.string().trim().min(1, 'must not be empty')).default([]),
});

const File = z.strictObject({
  retentionDays: z.number().int().min(1).max(MAX_RETENTION_DAYS).nullable().default(DEFAULT_RETENTION_DAYS),
  projects: z.array(z.unknown()).default([]),
  storageProfiles: z.array(z.unknown()).default([]),
  allowInlineStorage: z.boolean().default(false),
});

export const CONFIG_FIELDS = Object.keys(File.shape);
export const PROJECT_FIELDS = Object.keys(Project.shape);

/** Reads a list entry by entry: an invalid entry does not hide the problems of the others. */
function readEach<T>(type: z.ZodType<T>, items: readonly unknown[], at: string, problems: string[]): T[] {
  return items.flatMap((item, index) => {
    const parsed = type.safeParse(item);
    if (parsed.success) return [parsed.data];
    addIssues(parsed.error.issues, [at, index], problems);
    return [];
  });
}

function addIssues(issues: z.core.$ZodIssue[], at: PropertyKey[], problems: string[]): void {
  for (const { path, message } of issues) {
    const place = [...at, ...path].join('.');
    problems.push(`GATEWAY_CONFIG${place === '' ? '' : `, ${place}`}: ${message}`);
  }
}

/** The names of profiles that are names, whatever else is wrong with the profile. */
function namesOf(profiles: readonly unknown[]): string[] {
  const Named = z.object({ name: z.string() });
  return profiles.flatMap((profile) => Named.safeParse(profile).data?.name.trim() ?? []);
}

function profileListProblems(profiles: readonly unknown[]): string[] {
  const names = namesOf(profiles);
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  const defaults = profiles.filter(
    (profile) => z.object({ default: z.literal(true) }).safeParse(profile).success,
  );
  return [
    ...repeated.map((name) => `GATEWAY_CONFIG: more than one storage profile is named ${name}.`),
    ...(defaults.length > 1 ? ['GATEWAY_CONFIG: more than one storage profile is the default.'] : []),
  ];
}

function readFile(path: string, problems: string[]): unknown {
  try {
    const json = parseJson(readText(path));
    if ('value' in json) return json.value;
    problems.push(`GATEWAY_CONFIG: ${path} ${json.problem}.`);
  } catch (error) {
    problems.push(`GATEWAY_CONFIG cannot be read: ${reasonOf(error)}`);
  }
  return undefined;
}

/** Reads the file named by GATEWAY_CONFIG. Null after a problem. */
export function readGatewayConfig(path: string | undefined, problems: string[]): GatewayConfig | null {
  const before = problems.length;
  const json = path === undefined ? {} : readFile(path, problems);
  if (json === undefined) return null;
  const parsed = File.safeParse(json);
  if (!parsed.success) {
    addIssues(parsed.error.issues, [], problems);
    return null;
  }
  const { retentionDays, allowInlineStorage } = parsed.data;
  const projects = readEach(Project, parsed.data.projects, 'projects', problems);
  const profiles: ProfileFields[] = readEach(
    Profile,
    parsed.data.storageProfiles,
    'storageProfiles',
    problems,
  );
  problems.push(...profileListProblems(parsed.data.storageProfiles));
  if (problems.length > before) return null;
  return {
    retentionDays,
    allowInlineStorage,
    projects: projects.map((project) => ({
      appId: project.appId,
      appCertificate: project.appCertificate ?? null,
      webhookSecrets: project.webhookSecrets.map((text) => new Secret(text)),
    })),
    storageProfiles: profiles.map((profile) => profileSettings(profile, profiles.length === 1)),
  };
}
