import * as z from 'zod';
import { identifiers } from './identifiers.js';
import { type SandboxStore, type Setting } from './store.js';

const STORAGE = z.object({
  vendor: z.number(),
  region: z.number(),
  bucket: z.string(),
  accessKey: z.string(),
  secretKey: z.string(),
  /** May read the files, and nothing else. */
  readAccessKey: z.string(),
  readSecretKey: z.string(),
  fileNamePrefix: z.array(z.string()),
});

/** The invented Agora project and cloud storage of a sandbox. Created once and kept, so that clients can keep them, too. */
const PROJECT = z.object({
  appId: z.string(),
  customerId: z.string(),
  customerSecret: z.string(),
  webhookSecret: z.string(),
  storage: STORAGE,
});

export type Project = z.infer<typeof PROJECT>;

/** One that was kept by an older version has no keys to read with. */
const KEPT_PROJECT = PROJECT.extend({
  storage: STORAGE.partial({ readAccessKey: true, readSecretKey: true }),
});

const SETTING: Setting<z.infer<typeof KEPT_PROJECT>> = { name: 'project', schema: KEPT_PROJECT };

/** The kept project, or a new one. `webhookSecret` replaces the kept one unless it is null. */
export function loadProject(store: SandboxStore, webhookSecret: string | null): Project {
  const kept = store.setting(SETTING);
  const created: Project = {
    appId: identifiers.hex32(),
    customerId: identifiers.hex32(),
    customerSecret: identifiers.secret(),
    webhookSecret: identifiers.secret(),
    storage: {
      vendor: 1,
      region: 0,
      bucket: 'sandbox-recordings',
      accessKey: `SANDBOX${identifiers.hex32().slice(0, 13).toUpperCase()}`,
      secretKey: identifiers.secret(),
      readAccessKey: `SANDBOXREAD${identifiers.hex32().slice(0, 9).toUpperCase()}`,
      readSecretKey: identifiers.secret(),
      fileNamePrefix: ['sandbox'],
    },
  };
  const project = kept === null ? created : { ...kept, storage: { ...created.storage, ...kept.storage } };
  if (kept?.storage.readAccessKey !== project.storage.readAccessKey) store.saveSetting(SETTING, project);
  return webhookSecret === null ? project : { ...project, webhookSecret };
}
