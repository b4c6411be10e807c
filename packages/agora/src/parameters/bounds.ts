import { ALL_STREAMS, type Format, FORMATS } from './formats.js';
import { MAX_INT, type Parameter, type ParameterTable, type ParameterType } from './parameter.js';

/** A bound of one parameter, as a rule for the input that has it. */
export interface BoundRule {
  /** Path into the input. */
  field: string[];
  message: (input: object) => string;
  broken: (input: object) => boolean;
}

function unitOf(unit: string | undefined): string {
  return unit === undefined ? '' : ` ${unit}`;
}

/** The bounds of a type in words; null if the schema's type says everything. */
export function boundsText(type: ParameterType): string | null {
  switch (type.kind) {
    case 'integer':
      return type.max === MAX_INT ? `at least ${type.min}` : `${type.min} to ${type.max}`;
    case 'fraction':
      return '0 to 1';
    case 'text':
      if (type.format !== undefined) return FORMATS[type.format].description;
      return type.maxLength === undefined ? null : `at most ${type.maxLength} characters`;
    case 'texts':
    case 'objects':
      return `at most ${type.maxItems}`;
    case 'boolean':
    case 'choice':
    case 'choices':
    case 'date':
      return null;
  }
}

/** The message may say something about the value that breaks the rule. */
function rule(
  field: string,
  message: string | ((value: unknown) => string),
  breaks: (value: unknown) => boolean,
): BoundRule {
  const valueOf = (input: object) => (input as Record<string, unknown>)[field];
  return {
    field: [field],
    message: (input) => (typeof message === 'string' ? message : message(valueOf(input))),
    broken: (input) => {
      const value = valueOf(input);
      return value != null && breaks(value);
    },
  };
}

const areTexts = (value: unknown, matches: (text: string) => boolean) => (value as string[]).every(matches);

function rulesOfRow(name: string, { type }: Parameter): BoundRule[] {
  switch (type.kind) {
    case 'integer': {
      const { min, max } = type;
      const message = `${name} must be ${boundsText(type)}${unitOf(type.unit)}.`.replace(
        /be (\d)/,
        'be from $1',
      );
      return [
        rule(
          name,
          message,
          (value) => !Number.isInteger(value) || (value as number) < min || (value as number) > max,
        ),
      ];
    }
    case 'fraction':
      return [
        rule(
          name,
          `${name} must be a fraction from 0 to 1.`,
          (value) => !((value as number) >= 0 && (value as number) <= 1),
        ),
      ];
    case 'text': {
      const { format, maxLength } = type;
      const rules: BoundRule[] = [];
      if (format !== undefined) {
        const { description, matches, hint }: Format = FORMATS[format];
        const message = `${name} must be ${description}.`;
        rules.push(
          rule(
            name,
            (value) => message + (hint?.(value as string) ?? ''),
            (value) => !matches(value as string),
          ),
        );
      }
      if (maxLength !== undefined) {
        const message = `${name} must not exceed ${maxLength} characters.`;
        rules.push(rule(name, message, (value) => (value as string).length > maxLength));
      }
      return rules;
    }
    case 'texts': {
      const { format, maxItems } = type;
      const rules = [
        rule(
          name,
          `${name} must not have more than ${maxItems} items.`,
          (value) => (value as string[]).length > maxItems,
        ),
      ];
      if (format === undefined) return rules;
      const { description, matches, hint }: Format = FORMATS[format];
      const isAll = (list: string[]) => list.length > 1 && list.includes(ALL_STREAMS);
      const firstHint = (list: string[]) =>
        list.map((text) => hint?.(text) ?? '').find((text) => text !== '') ?? '';
      const message = `The items of ${name} must each be ${description}.`;
      return [
        ...rules,
        rule(
          name,
          (value) => message + firstHint(value as string[]),
          (value) => !areTexts(value, matches) || isAll(value as string[]),
        ),
      ];
    }
    case 'objects': {
      const { maxItems, of } = type;
      return [
        rule(
          name,
          `${name} must not have more than ${maxItems} items.`,
          (value) => (value as object[]).length > maxItems,
        ),
        ...boundRules(of).map(({ message, broken }) =>
          rule(
            name,
            (value) => `In ${name}, ${message((value as object[]).find(broken) ?? {})}`,
            (value) => (value as object[]).some(broken),
          ),
        ),
      ];
    }
    case 'boolean':
    case 'choice':
    case 'choices':
    case 'date':
      return [];
  }
}

/** The bounds of all parameters of a table. What the types of the schema ensure has no rule. */
export function boundRules(table: ParameterTable): BoundRule[] {
  return Object.entries(table).flatMap(([name, row]) => rulesOfRow(name, row));
}
