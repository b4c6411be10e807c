import { boundsText } from './bounds.js';
import { type Parameter } from './parameter.js';
import { PARAMETER_TABLES } from './tables.js';

function typeText({ type }: Parameter): string {
  switch (type.kind) {
    case 'choice':
      return `one of ${type.values.join(', ')}`;
    case 'choices':
      return `list of ${type.values.join(', ')}`;
    case 'texts':
    case 'objects':
      return `list, ${boundsText(type)}`;
    case 'integer':
    case 'fraction':
    case 'boolean':
    case 'text':
    case 'date': {
      const bounds = boundsText(type);
      return bounds === null ? type.kind : `${type.kind}, ${bounds}`;
    }
  }
}

function defaultText(row: Parameter): string {
  if (row.required === true) return 'required';
  if (row.defaultText !== undefined) return row.defaultText;
  return row.default === null ? (row.absent ?? '') : JSON.stringify(row.default);
}

const SECRECY_TEXTS = {
  open: '',
  secret: 'secret',
  'push-address': 'its key is secret',
  'page-address': 'credentials in it are secret',
} as const;

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The tables of parameters in Markdown, one for each input of the schema. */
export function parameterTables(): string {
  return Object.entries(PARAMETER_TABLES)
    .map(([input, table]) => {
      const rows = Object.entries(table).map(([name, row]) => {
        const cells = [
          `\`${name}\``,
          `\`${row.wire}\``,
          typeText(row),
          defaultText(row),
          row.modes.join(', '),
          SECRECY_TEXTS[row.secrecy ?? 'open'],
        ];
        return `| ${cells.map(cell).join(' | ')} |`;
      });
      const head = '| option | at Agora | type | default | modes | secrecy |\n| - | - | - | - | - | - |';
      return `### ${input}\n\n${head}\n${rows.join('\n')}`;
    })
    .join('\n\n');
}
