import { readFileSync } from 'node:fs';

const NAME = 'AGORA_WEBHOOK_SECRETS';

/**
 * The secrets that sign notifications, from AGORA_WEBHOOK_SECRETS (comma-separated) or from the file in
 * AGORA_WEBHOOK_SECRETS_FILE. An empty list if neither is set. The first one signs.
 */
export function webhookSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): { secrets: string[] } | { problem: string } {
  const [value, file] = [environment[NAME]?.trim() ?? '', environment[`${NAME}_FILE`]?.trim() ?? ''];
  if (value !== '' && file !== '')
    return { problem: `${NAME} and ${NAME}_FILE are both set: set one of them.` };
  return file === '' ? split(value, NAME) : readSecrets(file, `${NAME}_FILE`);
}

/** The secrets in a file. `name` is the source of the file name, for the description of a problem. */
export function readSecrets(file: string, name: string): { secrets: string[] } | { problem: string } {
  try {
    const read = split(readFileSync(file, 'utf8').trim(), name);
    if ('secrets' in read && read.secrets.length === 0) return { problem: `${name} is an empty file.` };
    return read;
  } catch (error) {
    return { problem: `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function split(text: string, name: string): { secrets: string[] } | { problem: string } {
  const secrets = text === '' ? [] : text.split(',').map((secret) => secret.trim());
  return secrets.includes('')
    ? { problem: `${name} has an empty entry: separate secrets by single commas.` }
    : { secrets };
}
