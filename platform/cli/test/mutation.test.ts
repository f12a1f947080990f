import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { readJourney } from '../../targets/graph/journey-json.ts';
import { modelCheckout, type ModelCheckout } from './model-checkout.ts';

const CLUSTERS = ['dev', 'staging', 'production'] as const;
let checkout: ModelCheckout;
beforeAll(async () => {
  checkout = await modelCheckout('checkout');
  await checkout.write('tsconfig.json', await readFile('tsconfig.json', 'utf8'));
  expect(await checkout.run(['synth'])).toMatchObject({ code: 0 });
  await checkout.commit();
}, 60_000);
afterEach(() => checkout.restore());
afterAll(() => checkout.remove());

/** What is measured is a service with its insides, which a checkout of the model has not; what depends on it says nothing new. */
const measures = /^(?:platform\/bench\/| )/;

/** `tsc -p .` over the edited checkout: what it says, which is nothing when all is well. What an edit cannot have touched was said the last time. */
function compile(): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.', '--incremental', '--tsBuildInfoFile', '../compiled.tsbuildinfo'], { cwd: checkout.root }, (error, out, err) => resolve(error === null ? out : `${out}${err}`.split('\n').filter((line) => !measures.test(line)).join('\n').trim()));
  });
}

/** Renders the edited model, which every policy must still accept. */
async function synth() {
  expect(await checkout.run(['synth'])).toMatchObject({ code: 0 });
  expect(await checkout.run(['check'])).toMatchObject({ code: 0 });
}
const graphOf = async (environment: string) => readJourney(await checkout.read(`synth/${environment}/journey.json`));
const planOf = async () => JSON.parse(await checkout.read('synth/local/plan.json'));
const processOf = async (name: string) => (await planOf()).processes.find((one: { name: string }) => one.name === name);
/** One object of a cluster as it was rendered. */
async function objectOf(environment: string, workload: string, file: string, name: string) {
  const documents = parseAllDocuments(await checkout.read(`synth/${environment}/kubernetes/${workload}/${file}.yaml`)).map((one) => one.toJS());
  return documents.find((one) => one.metadata.name === name);
}

test('another port: address, Service, probes, policies and graph follow', async () => {
  await checkout.edit('services/auth/contract.ts', 'http: 8080', 'http: 8181');
  await synth();
  for (const environment of CLUSTERS) {
    expect((await objectOf(environment, 'gateway', 'config-map', 'gateway')).data).toMatchObject({ AUTH_URL: 'http://auth:8181', KEYS_URL: 'http://auth:8181' });
    expect((await objectOf(environment, 'auth', 'service', 'auth')).spec.ports).toContainEqual(expect.objectContaining({ name: 'http', port: 8181 }));
    expect((await objectOf(environment, 'auth', 'deployment', 'auth')).spec.template.spec.containers[0].env).toContainEqual({ name: 'PORT', value: '8181' });
    for (const [workload, policy, way] of [['gateway', 'gateway-to-auth', 'egress'], ['auth', 'auth-from-gateway', 'ingress']] as const) {
      expect((await objectOf(environment, workload, 'network-policies', policy)).spec[way][0].ports).toEqual([{ port: 8181, protocol: 'TCP' }]);
    }
    expect((await graphOf(environment)).edges.find((edge) => edge.reference === 'gateway.AUTH_URL')?.port).toEqual({ name: 'http', number: 8181 });
  }
  expect(await onlySynthBesides()).toEqual(['services/auth/contract.ts']);
}, 60_000);

test('a port by another name: Service, probes, Ingress and graph follow, and addresses keep their number', async () => {
  await checkout.edit('services/auth/contract.ts', 'http: 8080', 'web: 8080');
  await checkout.edit('services/gateway/contract.ts', '{ http: 8080, metrics: 9090 }', '{ metrics: 9090, door: 8080 }');
  await checkout.edit('services/notification/contract.ts', '{ http: 8080, metrics: 9090 }', '{ bell: 8080 }');
  await synth();
  expect(await compile()).toBe('');
  for (const environment of CLUSTERS) {
    expect((await objectOf(environment, 'gateway', 'config-map', 'gateway')).data).toMatchObject({ AUTH_URL: 'http://auth:8080', KEYS_URL: 'http://auth:8080' });
    expect((await objectOf(environment, 'auth', 'service', 'auth')).spec.ports.map((port: { name: string; targetPort: string }) => [port.name, port.targetPort])).toEqual([['web', 'web'], ['metrics', 'metrics']]);
    const [container] = (await objectOf(environment, 'auth', 'deployment', 'auth')).spec.template.spec.containers;
    expect(container.ports).toEqual([{ name: 'web', containerPort: 8080, protocol: 'TCP' }, { name: 'metrics', containerPort: 9090, protocol: 'TCP' }]);
    expect(container.env).toContainEqual({ name: 'PORT', value: '8080' });
    expect((await objectOf(environment, 'gateway', 'ingress', 'gateway')).spec.rules[0].http.paths[0].backend.service.port).toEqual({ name: 'door' });
    expect((await objectOf(environment, 'notification', 'deployment', 'notification')).spec.template.spec.containers[0].readinessProbe.httpGet.port).toBe('bell');
    expect((await objectOf(environment, 'auth', 'network-policies', 'auth-from-gateway')).spec.ingress[0].ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
    expect((await graphOf(environment)).edges.find((edge) => edge.reference === 'gateway.AUTH_URL')?.port).toEqual({ name: 'web', number: 8080 });
    for (const path of (await checkout.changed()).filter((one) => one.startsWith(`synth/${environment}/`))) {
      if (!path.endsWith('service-monitor.yaml')) expect(await checkout.read(path)).not.toContain('undefined');
    }
  }
  expect(await processOf('auth')).toMatchObject({ ports: ['http', 'metrics'], probes: { port: 'metrics' }, env: { PORT: { from: 'port', port: 'http' } } });
}, 120_000);

test('a contract that serves on two ports: exit 3, by name, and nothing is rendered', async () => {
  await checkout.edit('services/auth/contract.ts', 'http: 8080', 'web: 8080, admin: 8081');
  const { code, err } = await checkout.run(['synth']);
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('the contract "auth" serves on "web" and "admin"') });
  expect(await compile()).toContain('only one port to serve on');
  expect(await onlySynthBesides()).toEqual(await checkout.changed());
}, 120_000);

test('a port that is gone: nothing listens there, nothing asks there', async () => {
  await checkout.edit('services/notification/contract.ts', '{ http: 8080, metrics: 9090 }', '{ http: 8080 }');
  await synth();
  expect(await processOf('notification')).toMatchObject({ ports: ['http'], probes: { port: 'http' }, env: expect.not.objectContaining({ METRICS_PORT: expect.anything() }) });
  expect((await processOf('monitoring')).env.WORKLOADS.workloads).toContainEqual({ name: 'notification', port: 'http' });
  for (const environment of CLUSTERS) {
    const scraped = (await graphOf(environment)).edges.find((edge) => edge.reference === 'monitoring.WORKLOADS' && edge.to === 'notification');
    expect(scraped?.port).toEqual({ name: 'http', number: 8080 });
    expect((await objectOf(environment, 'monitoring', 'config-map', 'monitoring')).data.WORKLOADS).toContain('notification=http://notification:8080');
    expect(await checkout.changed()).toContain(`synth/${environment}/kubernetes/notification/service-monitor.yaml`);
  }
}, 60_000);

test('another reference: address, two policies per cluster, start order, allow-list and graph follow', async () => {
  await checkout.edit('services/notification/contract.ts', '    ARCHIVE: objects(),\n', "    ARCHIVE: objects(),\n    CONFIGURATION_URL: urlOf('configuration'),\n");
  await checkout.edit('services/notification/contract.ts', 'mail, objects, oneOf, text }', 'mail, objects, oneOf, text, urlOf }');
  await checkout.edit('platform/workloads/notification.ts', '    ARCHIVE: use(backing.archive),\n', '    ARCHIVE: use(backing.archive),\n    CONFIGURATION_URL: url(configuration),\n');
  await checkout.edit('platform/workloads/notification.ts', 'available, publicAddress, service, use }', 'available, publicAddress, service, url, use }');
  await checkout.edit('platform/workloads/notification.ts', "import { notification as contract }", "import { configuration } from '../../services/configuration/contract.ts';\nimport { notification as contract }");
  await synth();
  for (const environment of CLUSTERS) {
    expect((await objectOf(environment, 'notification', 'config-map', 'notification')).data.CONFIGURATION_URL).toBe('http://configuration:8080');
    expect(await objectOf(environment, 'notification', 'network-policies', 'notification-to-configuration')).toBeDefined();
    expect(await objectOf(environment, 'configuration', 'network-policies', 'configuration-from-notification')).toBeDefined();
  }
  const line = (await checkout.read('platform/workloads/notification.ts')).split('\n').findIndex((text) => text.includes('CONFIGURATION_URL')) + 1;
  for (const environment of [...CLUSTERS, 'local']) {
    const edge = (await graphOf(environment)).edges.find((one) => one.reference === 'notification.CONFIGURATION_URL');
    expect(edge).toMatchObject({ from: 'notification', to: 'configuration', kind: 'service', declaredAt: `platform/workloads/notification.ts:${line}` });
    expect(edge?.policies).toHaveLength(environment === 'local' ? 1 : 2);
  }
  expect(await processOf('notification')).toMatchObject({
    after: ['configuration'], env: { CONFIGURATION_URL: { from: 'service', service: 'configuration' } },
    allow: expect.arrayContaining([{ reference: 'notification.CONFIGURATION_URL', kind: 'service', to: 'configuration', port: 'http' }]),
  });
  expect(await onlySynthBesides()).toEqual(['platform/workloads/notification.ts', 'services/notification/contract.ts']);
}, 60_000);

test('a reference that is gone takes its policies and its permission with it', async () => {
  await checkout.edit('services/gateway/contract.ts', "    MONITORING_URL: urlOf('monitoring'),\n", '');
  await checkout.edit('platform/workloads/gateway.ts', '    MONITORING_URL: url(monitoring),\n', '');
  await synth();
  for (const environment of CLUSTERS) {
    // Telemetry is an edge of its own: the policy stays for that, with that reference alone.
    const policy = await objectOf(environment, 'gateway', 'network-policies', 'gateway-to-monitoring');
    expect(policy.metadata.annotations['request-journey.dev/declared-by']).toBe('gateway.TELEMETRY_URL');
  }
  expect((await processOf('gateway')).allow.map((one: { reference: string }) => one.reference)).not.toContain('gateway.MONITORING_URL');
}, 60_000);

test('an eighth service with a database of its own touches five places and is then everywhere', async () => {
  await checkout.write('services/billing/contract.ts', BILLING_CONTRACT);
  await checkout.write('platform/workloads/billing.ts', BILLING_WORKLOAD);
  await checkout.edit('platform/platform.ts', '    dashboard,\n', '    dashboard,\n    billing,\n');
  await checkout.edit('platform/platform.ts', "import { configuration }", "import { billing } from './workloads/billing.ts';\nimport { configuration }");
  await checkout.edit('platform/backing.ts', 'export const backing = {\n', "export const backing = {\n  invoices: database('invoices'),\n");
  const managed = "aws('database', { size: 'db.t4g.medium', storageGb: 20, multiAz: true, backupDays: 7 })";
  for (const [environment, provider] of [['dev', "inCluster('database')"], ['staging', managed], ['production', managed], ['local', "embedded('database')"]] as const) {
    await checkout.edit(`environments/${environment}.ts`, '  backing: {\n', `  backing: {\n    invoices: ${provider},\n`);
  }
  for (const [environment, scale] of [['dev', '{ min: 1, max: 1 }'], ['staging', '{ min: 1, max: 2 }'], ['production', '{ min: 2, max: 4 }']] as const) {
    await checkout.edit(`environments/${environment}.ts`, '  scale: {\n', `  scale: {\n    billing: ${scale},\n`);
    await checkout.edit(`environments/releases/${environment}.json`, '{\n', '{\n  "billing": { "image": "unbuilt" },\n');
  }
  await checkout.edit('environments/local.ts', '  scale: {\n', '  scale: {\n    billing: 1,\n');
  await checkout.edit('environments/releases/local.json', '{\n', '{\n  "billing": { "revision": "worktree" },\n');
  await synth();
  expect(await compile()).toBe('');
  for (const environment of CLUSTERS) {
    const { nodes, edges } = await graphOf(environment);
    const files = nodes.find((node) => node.name === 'billing')?.files ?? [];
    for (const file of ['deployment', 'service', 'service-account', 'network-policies', 'horizontal-pod-autoscaler']) expect(files).toContain(`kubernetes/billing/${file}.yaml`);
    expect(edges.filter((edge) => edge.from === 'billing').map((edge) => edge.reference)).toEqual([
      'billing.AUTH_URL', 'billing.DATABASE', 'billing.KEYS_URL', 'billing.TELEMETRY_URL',
    ]);
    expect((await objectOf(environment, 'monitoring', 'config-map', 'monitoring')).data.WORKLOADS).toContain('billing=http://billing:9100');
    expect(await objectOf(environment, 'auth', 'network-policies', 'auth-from-billing')).toBeDefined();
  }
  expect(JSON.parse(await checkout.read('synth/production/terraform/cdk.tf.json')).resource.aws_vpc_security_group_ingress_rule['billing-to-invoices'].description).toBe('billing.DATABASE');
  const { waves } = await planOf();
  expect(waves.flat()).toContain('billing');
  expect(await processOf('billing')).toMatchObject({ command: ['node', 'services/billing/main.ts'], after: ['auth'], ports: ['http', 'metrics'] });
  expect(await onlySynthBesides()).toEqual([
    'environments/dev.ts', 'environments/local.ts', 'environments/production.ts', 'environments/releases/dev.json', 'environments/releases/local.json',
    'environments/releases/production.json', 'environments/releases/staging.json', 'environments/staging.ts',
    'platform/backing.ts', 'platform/platform.ts', 'platform/workloads/billing.ts', 'services/billing/',
  ]);
}, 120_000);

async function onlySynthBesides(): Promise<string[]> {
  return (await checkout.changed()).filter((path) => !path.startsWith('synth/'));
}

const BILLING_CONTRACT = `import { contract, database, urlOf } from '../kit/contract.ts';

export const billing = contract({
  name: 'billing',
  about: 'Knows what everything costs.',
  ports: { http: 8100, metrics: 9100 },
  env: {
    AUTH_URL: urlOf('auth'),
    DATABASE: database(),
  },
  routes: {},
});
`;
const BILLING_WORKLOAD = `import { auth } from '../../services/auth/contract.ts';
import { billing as contract } from '../../services/billing/contract.ts';
import { backing } from '../backing.ts';
import { available, service, url, use } from '../model/index.ts';

export const billing = service(contract, {
  env: {
    AUTH_URL: url(auth),
    DATABASE: use(backing.invoices),
  },
  scaleOn: { cpu: 0.7 },
  slo: [available('99.5%')],
});
`;
