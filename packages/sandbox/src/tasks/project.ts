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
    fileNamePrefix: string[];
  };
}

const SETTING = 'project';

/** The kept project, or a new one. `webhookSecret` replaces the kept one unless it is null. */
export function loadProject(store: SandboxStore, webhookSecret: string | null): Project {
  const kept = store.setting<Project>(SETTING);
  const project: Project = kept ?? {
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
      fileNamePrefix: ['sandbox'],
    },
  };
  if (kept === null) store.saveSetting(SETTING, project);
  return webhookSecret === null ? project : { ...project, webhookSecret };
}
