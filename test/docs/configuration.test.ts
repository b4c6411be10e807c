import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONFIG_FIELDS, PROJECT_FIELDS } from '../../src/settings/gateway-config.js';
import { CREDENTIALS_FIELDS, PROFILE_FIELDS } from '../../src/settings/storage-profile.js';
import { VARIABLE_NAMES } from '../../src/settings/variables.js';
import { settingsOf } from '../settings/support.js';

const configuration = readFileSync('docs/configuration.md', 'utf8');
const example = readFileSync('.env.example', 'utf8');

describe('docs/configuration.md', () => {
  it.each(VARIABLE_NAMES)('describes %s, and .env.example lists it', (name) => {
    expect(configuration).toMatch(new RegExp(`^\\| \`${name}\``, 'm'));
    expect(example).toMatch(new RegExp(`^# ${name}=`, 'm'));
  });

  it.each([...CONFIG_FIELDS, ...PROJECT_FIELDS, ...PROFILE_FIELDS, ...CREDENTIALS_FIELDS])(
    'describes the field %s of the configuration file',
    (field) => {
      expect(configuration).toContain(`\`${field}\``);
    },
  );

  it('shows a configuration file that is valid, except for the secrets that it leaves out', () => {
    const [, text = ''] = /```json\n([\s\S]*?)```/.exec(configuration) ?? [];
    const { storageProfiles } = JSON.parse(text) as { storageProfiles: object[] };
    expect(Object.keys(JSON.parse(text) as object).every((field) => CONFIG_FIELDS.includes(field))).toBe(
      true,
    );
    for (const field of storageProfiles.flatMap((profile) => Object.keys(profile))) {
      expect(PROFILE_FIELDS).toContain(field);
    }
  });
});

describe('.env.example', () => {
  it('names defaults that are those of a gateway without settings', () => {
    const uncommented = [...example.matchAll(/^# ((?:HOST|PORT|SANDBOX_PORT|LOG_LEVEL)=.+)$/gm)];
    const settings = Object.fromEntries(
      uncommented.map(([, line = '']) => line.split('=') as [string, string]),
    );
    expect(Object.keys(settings)).toHaveLength(4);
    expect(settingsOf(settings)).toEqual(settingsOf({}));
  });
});
