import { checkAccount } from '../checks/check-account.js';
import { type CheckKind, type CheckResult } from '../checks/check-result.js';
import { agoraAccount } from '../process/account.js';
import { EXIT, type ExitCode } from '../process/exit-codes.js';
import { requireSettings, type Settings } from '../settings/settings.js';
import { noArguments } from './arguments.js';
import { type RunCommand } from './commands.js';
import { table } from './table.js';

/** A failure of these is in the settings; that an address cannot be reached may be the network's fault. */
const SETTINGS_KINDS: readonly CheckKind[] = ['customer', 'project', 'storage profile'];

async function checkSettings(settings: Settings): Promise<CheckResult[]> {
  const { agora, storageProfiles } = settings;
  const { customers, projects, profiles } =
    agora === null ? { customers: [], projects: [], profiles: storageProfiles } : agoraAccount(settings);
  const mode = agora === null ? 'a sandbox' : 'Agora';
  const account = {
    apiUrls: agora?.apiUrls ?? [],
    customers,
    appIds: projects.map(({ appId }) => appId),
    profiles,
  };
  return [
    { kind: 'settings', name: 'all', outcome: 'ok', detail: `Valid. The gateway runs against ${mode}.` },
    ...(await checkAccount(account, { permit: () => Promise.resolve(), now: Date.now() })),
  ];
}

function exitCode(results: readonly CheckResult[]): ExitCode {
  if (results.every(({ outcome }) => outcome === 'ok')) return EXIT.ok;
  const isWrong = ({ kind, outcome }: CheckResult) => outcome === 'failed' && SETTINGS_KINDS.includes(kind);
  return results.some(isWrong) ? EXIT.settings : EXIT.failure;
}

export const runCommand: RunCommand = async (args, environment) => {
  noArguments(args);
  const results = await checkSettings(requireSettings(environment));
  const rows = results.map(({ kind, name, outcome, detail }) => [kind, name, outcome, detail]);
  console.log(table(['check', 'name', 'outcome', 'detail'], rows));
  return exitCode(results);
};
