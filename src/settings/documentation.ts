import { GROUPS, type Variable, VARIABLES } from './variables.js';

/** The documentation of the settings, written by `npm run docs` from the table of variables. */

type Row = [name: string, variable: Variable];

const ROWS: readonly Row[] = Object.entries(VARIABLES);

const GROUP_NAMES = Object.keys(GROUPS) as (keyof typeof GROUPS)[];

const EFFECT = { SIGHUP: 'SIGHUP', connection: 'next connection' } as const;

function defaultOf({ default: value, defaultNote }: Variable): string {
  if (defaultNote !== undefined) return defaultNote;
  return value === undefined || value === '' ? 'none' : `\`${value}\``;
}

function row([name, variable]: Row): string {
  const names = variable.secret === true ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``;
  const effect = variable.reload === undefined ? 'restart' : EFFECT[variable.reload];
  return `| ${names} | ${variable.description} | ${defaultOf(variable)} | ${effect} |`;
}

/** The section of docs/configuration.md that lists every variable. */
export function variablesTable(): string {
  return GROUP_NAMES.map((group) =>
    [
      `### ${GROUPS[group]}`,
      '',
      '| setting | meaning | default | a change takes effect |',
      '| --- | --- | --- | --- |',
      ...ROWS.filter(([, variable]) => variable.group === group).map(row),
    ].join('\n'),
  ).join('\n\n');
}

const ENV_WIDTH = 120;

/** A text as comment lines, without the marks of Markdown. */
function comment(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll('`', '').split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < ENV_WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}

function envLines([name, variable]: Row): string[] {
  const { description, default: value, defaultNote, example, secret } = variable;
  const notes = [
    description,
    ...(defaultNote === undefined ? [] : [`Default: ${defaultNote}.`]),
    ...(secret === true ? [`Or ${name}_FILE.`] : []),
  ];
  return ['', ...comment(notes.join(' ')), `# ${name}=${value || (example ?? '')}`];
}

/** The whole of .env.example. */
export function envExample(): string {
  const sections = GROUP_NAMES.flatMap((group) => [
    '',
    `# --- ${GROUPS[group]} ---`,
    ...ROWS.filter(([, variable]) => variable.group === group).flatMap(envLines),
  ]);
  return [
    ...comment(
      'Every setting of the gateway, with its default or an example. docs/configuration.md says more.',
    ),
    ...comment('Without any of them the gateway starts a sandbox and runs against it.'),
    ...comment('Written by npm run docs.'),
    ...sections,
    '',
  ].join('\n');
}
