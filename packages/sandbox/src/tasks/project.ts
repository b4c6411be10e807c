import { identifiers } from './identifiers.js';
import { type SandboxStore } from './store.js';

/** The invented Agora project and cloud storage of a sandbox. Created once and kept, so that clients can keep them, too. */
export interface Project {
  appId: string;
  customerId: string;
  customerSecret: string;
  webhookSecret: string;
  storage: {
    vendor: number;
    region: number;
    bucket: string;
    accessKey: string;
    secretKey: string;
    /** May read the files, and nothing else. */
    readAccessKey: string;
    readSecretKey: string;
    fileNamePrefix: string[];
  };
}

const SETTING = 'project';

/** The kept project, or a new one. `webhookSecret` replaces the kept one unless it is null. */
export function loadProject(store: SandboxStore, webhookSecret: string | null): Project {
  const kept = store.setting<Project>(SETTING);
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
  // One that was kept by an older version has no keys to read with.
  const project = kept === null ? created : { ...kept, storage: { ...created.storage, ...kept.storage } };
  if (kept?.storage.readAccessKey !== project.storage.readAccessKey) store.saveSetting(SETTING, project);
  return webhookSecret === null ? project : { ...project, webhookSecret };
}
