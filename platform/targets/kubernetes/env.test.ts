import { expect, test } from '@jest/globals';
import { dev } from '../../../environments/dev.ts';
import { UNBUILT_DIGEST, type Platform } from '../../model/index.ts';
import { platform } from '../../platform.ts';
import { at, each, objectsIn, only, podsIn } from '../test/objects.ts';
import { plaza, synthetic, yard } from '../test/synthetic.ts';
import { kubernetes } from './kubernetes.ts';

const objects = objectsIn(kubernetes(synthetic, yard));
const inPlaza = objectsIn(kubernetes(synthetic, plaza));
const envOf = (from: typeof objects, name: string) => Object.fromEntries(
  each(from.get(`Deployment/${name}`), 'spec', 'template', 'spec', 'containers', 0, 'env').map((one) => [at(one, 'name'), at(one, 'value') ?? at(one, 'valueFrom')]),
);
const config = (name: string, key: string) => ({ configMapKeyRef: { name, key } });
const secret = (name: string, key: string) => ({ secretKeyRef: { name, key } });

test('the standard set comes first, then the contract; addresses from the ConfigMap, secrets from Secrets, the rest as it is', () => {
  expect(envOf(objects, 'desk')).toEqual({
    HOST: '0.0.0.0', PORT: '8000', METRICS_PORT: '9000', ENVIRONMENT: 'yard', INSTALLATION: 'request-journey-yard', REVISION: `sha256:${'1e5'.padEnd(64, '0')}`,
    TELEMETRY_URL: config('desk', 'TELEMETRY_URL'), WORKLOAD_KEY: secret('workload-key', 'value'), KEYS_URL: config('desk', 'KEYS_URL'),
    LEDGER_URL: config('desk', 'LEDGER_URL'), SEALS_URL: config('desk', 'SEALS_URL'),
    FAST: secret('fast-lane-credentials', 'url'), SEAL: secret('desk-seal', 'value'),
    MOTTO: 'costs $$(much)', LIMIT: '12', MOOD: 'calm',
  });
  expect(at(objects.get('ConfigMap/desk'), 'data')).toEqual({
    KEYS_URL: 'http://seals:8003', LEDGER_URL: 'http://ledger:8001', SEALS_URL: 'http://seals:8003', TELEMETRY_URL: 'http://tower:8004',
  });
});

test('who writes links is given the public address of the pages, or that there is none', () => {
  const told = (model: Platform) => at(objectsIn(kubernetes(model, dev)).get('ConfigMap/notification'), 'data', 'PAGES_URL');
  expect(told(platform)).toBe(`https://app.${dev.domain}`);
  const { public: _, ...closed } = platform.workloads.dashboard.options;
  expect(told({ ...platform, workloads: { ...platform.workloads, dashboard: { ...platform.workloads.dashboard, options: closed } } })).toBe('none:');
});

test('who takes no part in a standard edge is not given it', () => {
  expect(envOf(objects, 'courier')).toEqual({
    HOST: '0.0.0.0', PORT: '8002', ENVIRONMENT: 'yard', INSTALLATION: 'request-journey-yard', REVISION: UNBUILT_DIGEST,
    PARCELS: secret('parcels-credentials', 'url'), LETTERS: secret('letters-credentials', 'url'), SHELF: secret('shelf-url', 'value'),
  });
  expect(objects.has('ConfigMap/courier')).toBe(false);
});

test('who answers a role calls itself on loopback, and the scraper knows everybody else', () => {
  expect(at(objects.get('ConfigMap/seals'), 'data', 'KEYS_URL')).toBe('http://127.0.0.1:8003');
  expect(at(objects.get('ConfigMap/tower'), 'data')).toEqual({
    KEYS_URL: 'http://seals:8003', TELEMETRY_URL: 'http://127.0.0.1:8004',
    WORKLOADS: 'desk=http://desk:9000,ledger=http://ledger:9001,courier=http://courier:8002,seals=http://seals:9003',
  });
});

test.each([['yard', objects], ['plaza', inPlaza]] as const)('in %s no address and no secret stands in an env value, a command or an argument', (_, from) => {
  for (const { of, container } of podsIn(from)) {
    const literals = [...each(container, 'env').map((one) => at(one, 'value')), ...each(container, 'command'), ...each(container, 'args')].filter((one) => one !== undefined);
    for (const literal of literals) expect({ of, literal }).toEqual({ of, literal: expect.not.stringContaining('://') });
    for (const one of each(container, 'env')) if (/PASS|SECRET|KEY$|AUTH$/.test(String(at(one, 'name')))) expect(at(one, 'valueFrom', 'secretKeyRef')).toBeDefined();
  }
});

test.each([['yard', objects], ['plaza', inPlaza]] as const)('in %s every key a container reads is there', (_, from) => {
  const made = new Set(only(from, 'ConfigMap').flatMap((map) => Object.keys(at(map, 'data') as object).map((key) => `${map.metadata.name}/${key}`)));
  for (const external of only(from, 'ExternalSecret')) {
    const name = String(at(external, 'spec', 'target', 'name'));
    for (const one of each(external, 'spec', 'data')) made.add(`${name}/${String(at(one, 'secretKey'))}`);
    for (const key of Object.keys((at(external, 'spec', 'target', 'template', 'data') ?? {}) as object)) made.add(`${name}/${key}`);
  }
  const read = podsIn(from).flatMap(({ container }) => each(container, 'env')).map((one) => at(one, 'valueFrom', 'configMapKeyRef') ?? at(one, 'valueFrom', 'secretKeyRef'));
  const missing = read.filter((one) => one !== undefined && !made.has(`${String(at(one, 'name'))}/${String(at(one, 'key'))}`)).map((one) => at(one, 'name'));
  // Where secrets are kept in the cluster, these are put there by hand.
  expect([...new Set(missing)]).toEqual(from === objects ? ['desk-seal', 'shelf-url'] : []);
});

test('a changed address changes the pod template, and so restarts the pods', () => {
  const hash = (from: typeof objects, name: string) => at(from.get(`Deployment/${name}`), 'spec', 'template', 'metadata', 'annotations', 'request-journey.dev/config');
  const moved = { ...synthetic, standard: { ...synthetic.standard, telemetry: 'desk' as const } };
  expect(hash(objectsIn(kubernetes(moved, yard)), 'seals')).not.toBe(hash(objects, 'seals'));
  expect(hash(objectsIn(kubernetes(moved, yard)), 'courier')).toBe(hash(objects, 'courier'));
});
