import { type Project } from '../intake/intake.js';
import { isLoopback } from '../host-name.js';
import { hasUnknownRegion } from '../settings/storage-profile.js';
import { type Settings } from '../settings/settings.js';
import { type Log } from '../telemetry/log.js';

const PATH = '/webhooks/agora';

/** Where Agora must send the notifications of each project. With several, the path names the project. */
export function webhookPath({ appId }: Project, projects: readonly Project[]): string {
  return projects.length === 1 ? PATH : `${PATH}/${appId}`;
}

/** Logs what is permitted but probably not meant. */
export function logStartupWarnings(settings: Settings, projects: readonly Project[], log: Log): void {
  for (const project of projects) {
    if (project.webhookSecrets.length > 0) continue;
    log.warn(
      { appId: project.appId, address: `https://YOUR-HOST${webhookPath(project, projects)}` },
      'no webhook secret configured; notifications of this project are refused. Set its secret, and this address in the ' +
        'Agora console',
    );
  }
  if (projects.length > 1) {
    log.warn(
      { addresses: projects.map((project) => `https://YOUR-HOST${webhookPath(project, projects)}`) },
      `several projects configured; notifications to ${PATH} without an App ID are refused. Set these addresses in the Agora ` +
        'console',
    );
  }
  if (!isLoopback(settings.host) && settings.allowedHosts.length === 0) {
    log.warn(
      { host: settings.host },
      'ALLOWED_HOSTS is not set; GraphQL is answered only under names of this machine. Set it to the name that clients use',
    );
  }
  if (settings.agora !== null && settings.storageProfiles.length === 0) {
    log.warn({}, 'no storage profile configured; startRecording will fail. Add one to GATEWAY_CONFIG');
  }
  for (const { name, region } of settings.storageProfiles.filter(hasUnknownRegion)) {
    log.warn({ profile: name, region }, 'the region of a storage profile is not known; Agora may refuse it');
  }
}
