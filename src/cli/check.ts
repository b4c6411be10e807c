import { checkAccount } from '../checks/check-account.js';
import { pageOrigins } from '../checks/check-reading.js';
import { type CheckKind, type CheckResult } from '../checks/check-result.js';
import { EXIT, type ExitCode, exitCodeOf } from '../process/exit-codes.js';
import { explain } from '../process/explain.js';
import { sandboxStorageAt } from '../settings/sandbox-connection.js';
import { requireSettings, type Settings } from '../settings/settings.js';
import { parseDatabaseUrl } from '../store/drivers/database-url.js';
import { inspectStore } from '../store/maintenance/inspect.js';
import { noArguments } from './arguments.js';
import { type RunCommand } from './commands.js';
import { storeOf } from './existing-store.js';
import { table } from './table.js';

/** A failure of these is in the settings; that an address cannot be reached may be the network's fault. */
const SETTINGS_KINDS: readonly CheckKind[] = ['customer', 'project', 'storage profile', 'read key'];

/** With the exit code that a start on this store would have. */
async function checkDatabase(settings: Settings): Promise<{ result: CheckResult; code: ExitCode }> {
  const store = storeOf(settings);
  const address = parseDatabaseUrl(store.databaseUrl);
  // The address of PostgreSQL may hold a password.
  const name = address.kind === 'PostgreSQL' ? address.kind : store.databaseUrl;
  const result = { kind: 'database', name } as const;
  try {
    const { version, pending } = await inspectStore(store);
    const state = version === null ? 'It is empty.' : `It has version ${version}.`;
    const next = pending.length === 0 ? '' : ` The next start migrates it to ${pending.at(-1)}.`;
    return { result: { ...result, outcome: 'ok', detail: `${state}${next}` }, code: EXIT.ok };
  } catch (error) {
    return { result: { ...result, outcome: 'failed', detail: explain(error) }, code: exitCodeOf(error) };
  }
}

/** Where files are read in sandbox mode: a sandbox stands for all storages. */
function sandboxStorageOf({ sandbox }: Settings): string | null {
  if (sandbox === null) return null;
  return sandboxStorageAt(sandbox.url ?? `http://127.0.0.1:${sandbox.port}`);
}

/** The access to Agora, the storage profiles, and their storages. */
async function checkOutside(settings: Settings): Promise<CheckResult[]> {
  const { agora, storageProfiles } = settings;
  const account = {
    apiUrls: agora?.apiUrls ?? [],
    customers: agora?.customers ?? [],
    appIds: agora?.projects.map(({ appId }) => appId) ?? [],
    profiles: storageProfiles,
  };
  return await checkAccount(account, {
    permit: () => Promise.resolve(),
    clock: Date,
    reading: { sandboxStorage: sandboxStorageOf(settings), origins: pageOrigins(settings) },
  });
}

function exitCode(results: readonly CheckResult[]): ExitCode {
  if (results.every(({ outcome }) => outcome === 'ok')) return EXIT.ok;
  const isWrong = ({ kind, outcome }: CheckResult) => outcome === 'failed' && SETTINGS_KINDS.includes(kind);
  return results.some(isWrong) ? EXIT.settings : EXIT.failure;
}

export const runCommand: RunCommand = async (args, environment) => {
  noArguments(args);
  const settings = requireSettings(environment);
  const mode = settings.agora === null ? 'a sandbox' : 'Agora';
  const database = await checkDatabase(settings);
  const results: CheckResult[] = [
    { kind: 'settings', name: 'all', outcome: 'ok', detail: `Valid. The gateway runs against ${mode}.` },
    database.result,
    ...(await checkOutside(settings)),
  ];
  const rows = results.map(({ kind, name, outcome, detail }) => [kind, name, outcome, detail]);
  console.log(table(['check', 'name', 'outcome', 'detail'], rows));
  return database.code === EXIT.ok ? exitCode(results) : database.code;
};
