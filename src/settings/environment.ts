import { readText, reasonOf } from './files.js';
import { isServiceLink, unknownNameProblems } from './unknown-names.js';
import { type Values, type Variable, VARIABLE_NAMES, type VariableName, VARIABLES } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ReadEnvironment {
  values: Values;
  /** The variables that were set, themselves or by their files. */
  given: ReadonlySet<VariableName>;
  /** The file that a secret was read from. */
  files: ReadonlyMap<VariableName, string>;
}

const row = (name: VariableName): Variable => VARIABLES[name];

const FILE_NAMES = VARIABLE_NAMES.filter((name) => row(name).secret).map((name) => `${name}_FILE`);

/** The variables that are set, trimmed; an empty one counts as not set. */
function givenTexts(environment: Environment): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value = ''] of Object.entries(environment)) {
    const text = value.trim();
    if (text !== '' && !isServiceLink(name, text)) texts.set(name, text);
  }
  return texts;
}

/** Replaces NAME_FILE by NAME with the content of the file. */
function readFiles(texts: Map<string, string>, problems: string[]): Map<VariableName, string> {
  const files = new Map<VariableName, string>();
  for (const name of VARIABLE_NAMES) {
    const path = row(name).secret ? texts.get(`${name}_FILE`) : undefined;
    if (path === undefined) continue;
    if (texts.has(name)) {
      problems.push(`${name} and ${name}_FILE are both set. Set only one of them.`);
      continue;
    }
    files.set(name, path);
    try {
      const text = readText(path);
      if (text === '') problems.push(`${name}_FILE: the file ${path} is empty.`);
      else texts.set(name, text);
    } catch (error) {
      problems.push(`${name}_FILE cannot be read: ${reasonOf(error)}`);
    }
  }
  return files;
}

/** Each variable by itself, so that one that is wrong hides none of the others; it then counts as not set. */
function readValue(name: VariableName, texts: ReadonlyMap<string, string>, problems: string[]): unknown {
  const { value, default: fallback } = row(name);
  const text = texts.get(name) ?? fallback;
  if (text === undefined) return undefined;
  const parsed = value.safeParse(text);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const [index] = path;
    const item = typeof index === 'number' ? ` (item ${index + 1})` : '';
    problems.push(`${name}${item} ${message}.`);
  }
  return fallback === undefined ? undefined : value.parse(fallback);
}

/** Reads every variable of the gateway. What is wrong is added to `problems`; values are not quoted. */
export function readEnvironment(environment: Environment, problems: string[]): ReadEnvironment {
  const texts = givenTexts(environment);
  problems.push(...unknownNameProblems([...texts.keys()], [...VARIABLE_NAMES, ...FILE_NAMES]));
  const files = readFiles(texts, problems);
  const values = Object.fromEntries(
    VARIABLE_NAMES.map((name) => [name, readValue(name, texts, problems)]),
  ) as Values;
  return {
    values,
    given: new Set(VARIABLE_NAMES.filter((name) => texts.has(name) || files.has(name))),
    files,
  };
}
