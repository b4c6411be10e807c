import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { VARIABLES } from '../../src/settings/variables.js';
import { documentedMetrics } from '../../src/telemetry/documentation.js';

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook: string };
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const { groups } = parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

const dashboard = JSON.parse(read('deploy/grafana/gateway.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
const queries = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

const metrics = new Map(documentedMetrics().map((metric) => [metric.name, metric]));

/** The metric that a series belongs to: a histogram has three. */
function metricOf(series: string) {
  const histogram = metrics.get(series.replace(/_(bucket|sum|count)$/, ''));
  return metrics.get(series) ?? (histogram?.type === 'histogram' ? histogram : undefined);
}

/** The anchors of the headings of a document, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('The alert rules and the dashboard', () => {
  it.each(queries)(
    '%s asks for metrics that the gateway has, by labels that they have: %s',
    (_name, expr) => {
      const series = [...expr.matchAll(/\bgateway_\w+/g)].map(([name]) => name);
      expect(series.length + (expr.match(/\b(nodejs|process)_\w+/g)?.length ?? 0)).toBeGreaterThan(0);
      expect(series.filter((name) => metricOf(name) === undefined)).toEqual([]);
      const labels = ['le', 'instance', ...series.flatMap((name) => metricOf(name)?.labels ?? [])];
      const asked = [
        ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', ')),
        ...[...expr.matchAll(/\{(\w+)[=!]/g)].map(([, label = '']) => label),
      ];
      expect(asked.filter((label) => !labels.includes(label))).toEqual([]);
    },
  );

  it.each(rules.map(({ alert, annotations }) => [alert, annotations.runbook]))(
    '%s has its entry in the runbook: %s',
    (_alert, runbook) => {
      const [path = '', anchor = ''] = runbook.split('#');
      expect(anchorsOf(path)).toContain(anchor);
    },
  );
});

describe('The files for deploying', () => {
  /** Names of settings that a file gives to gateways. */
  const settingsIn = (text: string) =>
    [...text.matchAll(/^[\s-]*(?:name: |Environment=)?([A-Z][A-Z0-9_]{3,})(?:[:=]|$)/gm)].map(
      ([, name = '']) => name,
    );
  const known = [
    ...Object.keys(VARIABLES),
    ...Object.keys(VARIABLES).map((name) => `${name}_FILE`),
    'NODE_ENV',
    ...['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD_FILE'],
  ];

  it.each([
    'deploy/compose/compose.yaml',
    'deploy/compose/gateway.env',
    'deploy/kubernetes/gateway.yaml',
    'deploy/systemd/agora-recording-gateway.service',
  ])('%s names settings that exist', (path) => {
    const names = settingsIn(read(path));
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('are well-formed YAML', () => {
    const files = ['deploy/compose/compose.yaml', 'deploy/kubernetes/gateway.yaml'];
    for (const file of files) {
      for (const document of parseAllDocuments(read(file), { merge: file.includes('compose') })) {
        expect(document.errors).toEqual([]);
        expect(document.toJS()).toBeTypeOf('object');
      }
    }
  });

  it('wait for a stop as long as it may take, wherever they name a time', () => {
    expect(read('deploy/compose/compose.yaml')).toContain('stop_grace_period: 50s');
    expect(read('deploy/kubernetes/gateway.yaml')).toContain('terminationGracePeriodSeconds: 50');
    expect(read('deploy/systemd/agora-recording-gateway.service')).toContain('TimeoutStopSec=50');
  });

  it('are those that docs/operating.md lists', () => {
    const page = read('docs/operating.md');
    for (const folder of readdirSync(new URL('../../deploy', import.meta.url)))
      expect(page).toContain(`../deploy/${folder}/`);
  });
});
