import { secretsIn } from '@agora-recording-gateway/agora/parameters/facts';
import { type ParameterTable } from '@agora-recording-gateway/agora/parameters/parameter';
import { type SecretKind, type SentSecret } from '../../telemetry/known-secrets.js';

const KINDS = {
  secret: 'start',
  'push-address': 'push',
  'page-address': 'page',
} as const satisfies Record<string, SecretKind>;

/** The secrets among the parameters of an input, by what they came with. */
export function sentSecrets<Table extends ParameterTable>(
  table: Table,
  input: Readonly<Partial<Record<keyof Table, unknown>>>,
): SentSecret[] {
  return secretsIn(table, input).map(({ secrecy, text }) => ({ kind: KINDS[secrecy], text }));
}
