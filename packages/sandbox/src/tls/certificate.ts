import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { AGORA_HOSTS } from '../api/allowed-hosts.js';
import { type SandboxStore, type Setting } from '../tasks/store.js';
import { type Certificate } from './create-certificate.js';

const SETTING: Setting<Certificate> = {
  name: 'certificate',
  schema: z.object({
    key: z.string(),
    cert: z.string(),
    ca: z.string(),
    names: z.array(z.string()),
    expiresAt: z.number(),
  }),
};

/** A kept certificate is replaced if it expires within this time. */
const RENEWAL_MS = 30 * 24 * 3_600_000;

/** Names that the certificate is valid for: those of this machine, of Agora, and the allowed ones without their port. */
function namesFor(allowedHosts: readonly string[]): string[] {
  const allowed = allowedHosts.map((host) => host.replace(/:\d+$/, '').replaceAll(/[[\]]/g, ''));
  return [...new Set(['localhost', '127.0.0.1', '::1', ...AGORA_HOSTS, ...allowed])];
}

export interface CertificateOptions {
  store: SandboxStore;
  allowedHosts: readonly string[];
  /** Real Unix milliseconds. */
  now: number;
}

/** The kept certificate, or a new one if there is none, if it expires soon, or if it lacks one of the names. */
export async function loadCertificate(options: CertificateOptions): Promise<Certificate> {
  const { store, allowedHosts, now } = options;
  const names = namesFor(allowedHosts);
  const kept = store.setting(SETTING);
  const isUsable =
    kept !== null && kept.expiresAt - now > RENEWAL_MS && names.every((name) => kept.names.includes(name));
  if (isUsable) return kept;
  // Loaded on demand: most sandboxes serve HTTP only.
  const { createCertificate } = await import('./create-certificate.js');
  const certificate = await createCertificate(names, now);
  store.saveSetting(SETTING, certificate);
  return certificate;
}

/** Writes the certificate of the authority next to the data file, for clients; returns its path. */
export function writeCaFile(dataFile: string, { ca }: Certificate): string {
  const file = resolve(`${dataFile.replace(/\.db$/, '')}-ca.pem`);
  writeFileSync(file, ca);
  return file;
}
