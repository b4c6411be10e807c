import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { COMMANDS } from '../../src/cli/commands.js';
import { EXIT } from '../../src/process/exit-codes.js';
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

interface Probe {
  httpGet: { path: string; port: string };
}

interface Container {
  command?: string[];
  ports?: { name: string; containerPort: number }[];
  envFrom: { configMapRef: { name: string } }[];
  env: { name: string; value: string }[];
  volumeMounts: { name: string; mountPath: string }[];
  securityContext: object;
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
}

type Labels = Record<string, string>;

/** What the objects of the file say, as far as one refers to another. */
interface KubernetesObject {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec: {
    replicas: number;
    minAvailable: number;
    selector: Labels & { matchLabels?: Labels };
    ports: { targetPort: string }[];
    podFailurePolicy: { rules: { onExitCodes: { values: number[] } }[] };
    template: {
      metadata: { labels: Labels; annotations: Labels };
      spec: { containers: [Container]; volumes: { name: string; secret: { secretName: string } }[] };
    };
  };
}

describe('The objects for Kubernetes', () => {
  const objects = parseAllDocuments(read('deploy/kubernetes/gateway.yaml')).map(
    (document) => document.toJS() as KubernetesObject,
  );
  const ofKind = (kind: string): KubernetesObject => {
    const found = objects.filter((object) => object.kind === kind);
    expect([kind, found.length]).toEqual([kind, 1]);
    return found[0] as KubernetesObject;
  };
  const deployment = ofKind('Deployment');
  const job = ofKind('Job');
  const [gateway] = deployment.spec.template.spec.containers;
  const [migration] = job.spec.template.spec.containers;
  const { labels, annotations } = deployment.spec.template.metadata;
  const portOf = (name: string) => gateway.ports?.find((port) => port.name === name)?.containerPort;

  it('select the pods of the Deployment, and leave some of them while nodes are drained', () => {
    const { selector, replicas } = deployment.spec;
    expect(labels).toMatchObject(selector.matchLabels ?? { none: '' });
    expect(labels).toMatchObject(ofKind('Service').spec.selector);
    const budget = ofKind('PodDisruptionBudget').spec;
    expect(labels).toMatchObject(budget.selector.matchLabels ?? { none: '' });
    // The pod of the Job takes no requests.
    expect(job.spec.template.metadata?.labels ?? {}).not.toMatchObject(labels);
    expect(budget.minAvailable).toBeGreaterThan(0);
    expect(budget.minAvailable).toBeLessThan(replicas);
  });

  it('name the ports on which the gateway listens', () => {
    const { data = {} } = ofKind('ConfigMap');
    expect(portOf('http')).toBe(Number(data.PORT ?? VARIABLES.PORT.default));
    expect(portOf('metrics')).toBe(Number(data.METRICS_PORT));
    expect(annotations['prometheus.io/port']).toBe(data.METRICS_PORT);
    expect(ofKind('Service').spec.ports.map(({ targetPort }) => targetPort)).toEqual(['http']);
  });

  it('ask the health checks that the gateway answers under any name, and restart none for its store', () => {
    const probes = [gateway.startupProbe, gateway.livenessProbe, gateway.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet.path)).toEqual(['/healthz', '/healthz', '/readyz']);
    for (const probe of probes) expect(portOf(probe?.httpGet.port ?? '')).toBe(portOf('http'));
  });

  it('migrate with a command of the image, and give up where only an operator can help', () => {
    const { bin } = JSON.parse(read('package.json')) as { bin: Record<string, string> };
    expect(Object.keys(bin)).toContain(migration.command?.[0]);
    expect(COMMANDS.map(({ name }) => name)).toContain(migration.command?.[1]);
    expect(read('Dockerfile')).toContain(`/usr/local/bin/${migration.command?.[0]}`);
    const values = job.spec.podFailurePolicy.rules.flatMap(({ onExitCodes }) => onExitCodes.values);
    expect(values).toEqual([EXIT.corrupt, EXIT.settings]);
    expect(read('deploy/systemd/agora-recording-gateway.service')).toContain(
      `RestartPreventExitStatus=${values.join(' ')}`,
    );
  });

  it('give Job and gateways the same settings, secrets and rights', () => {
    expect(migration.envFrom).toEqual(gateway.envFrom);
    expect(migration.env).toEqual(gateway.env);
    expect(migration.volumeMounts).toEqual(gateway.volumeMounts);
    expect(migration.securityContext).toEqual(gateway.securityContext);
    expect(job.spec.template.spec.volumes).toEqual(deployment.spec.template.spec.volumes);
    const names = [...gateway.envFrom.map(({ configMapRef }) => configMapRef.name)];
    expect(names).toEqual([ofKind('ConfigMap').metadata.name]);
    const [mount] = gateway.volumeMounts;
    for (const { name, value } of gateway.env) {
      expect(name).toMatch(/_FILE$/);
      expect(value.startsWith(`${mount?.mountPath}/`)).toBe(true);
    }
    // `runAsNonRoot` can be checked only where the image names its user by number.
    expect(read('Dockerfile')).toMatch(/^USER \d+:\d+$/m);
  });
});

describe('The services of Compose', () => {
  interface Service {
    depends_on?: string[] | Record<string, object>;
    networks: string[];
    secrets?: string[];
    volumes?: string[];
    environment?: Record<string, string>;
    env_file?: string;
    ports?: string[];
  }
  const compose = parse(read('deploy/compose/compose.yaml'), { merge: true }) as {
    services: Record<string, Service>;
    networks: Record<string, { ipam: { config: { subnet: string }[] } }>;
    volumes: Record<string, unknown>;
    secrets: Record<string, { file: string }>;
  };
  const services = Object.entries(compose.services);
  const nginx = read('deploy/compose/nginx.conf');

  it.each(services)('refer to what the file defines: %s', (_name, service) => {
    const needed = Array.isArray(service.depends_on)
      ? service.depends_on
      : Object.keys(service.depends_on ?? {});
    for (const name of needed) expect(Object.keys(compose.services)).toContain(name);
    for (const name of service.networks) expect(Object.keys(compose.networks)).toContain(name);
    for (const name of service.secrets ?? []) expect(Object.keys(compose.secrets)).toContain(name);
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('./')) expect(read(`deploy/compose/${source}`)).not.toBe('');
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
    // Every file in /run/secrets is a secret of the service.
    for (const [setting, value] of Object.entries(service.environment ?? {}))
      if (/_FILE$/.test(setting)) expect(service.secrets).toContain(value.replace('/run/secrets/', ''));
  });

  it('are reached through nginx alone, which the gateways trust', () => {
    const gateways = services.filter(([, { env_file: file }]) => file !== undefined);
    const servers = [...nginx.matchAll(/^ +server (\S+) /gm)].map(([, server]) => server);
    expect(servers).toEqual(gateways.map(([name]) => `${name}:${VARIABLES.PORT.default}`));
    const published = services.filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(['nginx']);
    const target = published[0]?.[1].ports?.[0]?.split(':').at(-1);
    expect(nginx).toContain(`listen ${target};`);
    const subnet = compose.networks.inside?.ipam.config[0]?.subnet;
    for (const [, { environment }] of gateways) expect(environment?.TRUSTED_PROXIES).toBe(subnet);
    expect(read('deploy/compose/gateway.env')).not.toMatch(/^(PORT|DATABASE_URL)/m);
  });
});
