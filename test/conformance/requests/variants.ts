import { type Json } from '../request-properties/row.js';
import { ANSWERS, type Answer, type Expected, type Kind, KINDS } from './answers.js';
import { type Call, type Example } from './example.js';

type Path = readonly (string | number)[];

/** A property of an example, by its name in the reference, and where it stands in the body. */
interface Occurrence {
  property: string;
  path: Path;
  value: unknown;
}

/** The schema of clientRequest, by call. */
const REQUEST_SCHEMAS: Readonly<Record<Call, string>> = {
  acquire: 'acquire-request',
  start: 'client-request',
  update: 'clientRequest',
  updateLayout: 'clientRequest-updateLayout',
  stop: 'stop-request',
};

/** Lists of objects whose properties the reference describes with those of what they belong to. */
const WITHOUT_SCHEMA = new Set(['extensionServices', 'outputs']);

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* below(schema: string, value: unknown, path: Path): Generator<Occurrence> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* below(schema, item, [...path, index]);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    yield { property: `${schema}.${name}`, path: [...path, name], value: inner };
    // What acquire checks of startParameter is that it is an object.
    if (name !== 'startParameter') {
      yield* below(WITHOUT_SCHEMA.has(name) ? schema : name, inner, [...path, name]);
    }
  }
}

/** The body of an example for a channel. */
export function bodyOf(example: Example, cname: string, uid: string): Json {
  return { cname, uid, clientRequest: example.clientRequest };
}

/** Every property of the body of an example. */
function occurrencesIn(example: Example, body: Json): Occurrence[] {
  const { clientRequest, ...identity } = body;
  const outer = [...Object.entries(identity), ['clientRequest', clientRequest] as const].map(
    ([name, value]) => ({ property: `${example.call}-request.${name}`, path: [name], value }),
  );
  return [...outer, ...below(REQUEST_SCHEMAS[example.call], clientRequest, ['clientRequest'])];
}

const EMPTY: Readonly<Record<string, unknown>> = { string: '', list: [], object: {} };

function formOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : typeof value;
}

/** The ways in which a value can be left out; one that is already empty or null is shown by the example itself. */
function kindsOf(value: unknown): Kind[] {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return ['omitted'];
  return KINDS.filter((kind) => kind !== 'empty' || formOf(value) in EMPTY);
}

/** A copy of a value in which one property is left out. */
export function without<T>(value: T, [name, ...rest]: Path, kind: Kind): T {
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === name ? without(item, rest, kind) : item)) as T;
  }
  const { [name]: inner, ...others } = value as Json;
  if (rest.length > 0) return { ...(value as Json), [name]: without(inner, rest, kind) } as T;
  if (kind === 'omitted') return others as T;
  return { ...(value as Json), [name]: kind === 'null' ? null : EMPTY[formOf(inner)] } as T;
}

function resolved(expected: Expected, rest: unknown): Answer {
  return typeof expected === 'function' ? expected(isObject(rest) ? rest : {}) : expected;
}

/** A clientRequest is checked at once by updateLayout, and after the reply by start. */
function atOnce(answer: Answer, { call }: Example): Answer {
  return answer === 'refused later' && call !== 'start' ? 'refused' : answer;
}

/** What the sandbox must answer to a body in which a property is left out. */
export function answerOf(example: Example, property: string, kind: Kind, body: Json): Answer {
  const answers = ANSWERS[property];
  if (answers === undefined) throw new Error(`The table has no row for ${property}.`);
  return atOnce(resolved(answers[kind], body.clientRequest), example);
}

/** What the gateway must answer to the same: it refuses at once what Agora would refuse later. */
export function gatewayAnswerOf(
  example: Example,
  property: string,
  kind: Kind,
  body: Json,
): 'accepted' | 'refused' {
  const expected = ANSWERS[property]?.gateway[kind];
  const answer =
    expected === undefined ? answerOf(example, property, kind, body) : resolved(expected, body.clientRequest);
  return answer === 'accepted' ? 'accepted' : 'refused';
}

/** One property of an example, left out in one way. */
export interface Variant extends Occurrence {
  kind: Kind;
  title: string;
}

/** Every variant of an example. */
export function variantsOf(example: Example): Variant[] {
  return occurrencesIn(example, bodyOf(example, 'any', '1')).flatMap((occurrence) =>
    kindsOf(occurrence.value).map((kind) => ({
      ...occurrence,
      kind,
      title: `${occurrence.path.join('.')} ${kind} (${occurrence.property})`,
    })),
  );
}
