import { expect, test } from '@jest/globals';
import { local } from '../../../environments/local.ts';
import type { LocalEnvironment, Platform } from '../../model/index.ts';
import { platform } from '../../platform.ts';
import { local as target } from './local.ts';
import { planOf } from './plan.ts';

const plan = planOf(platform, local);
const processNamed = (name: string) => {
  const found = plan.processes.find((one) => one.name === name);
  if (!found) throw new Error(`no process ${name}`);
  return found;
};

test('the gateway gets every entry of its contract and the standard set, each from where it is bound', () => {
  expect(processNamed('gateway').env).toEqual({
    HOST: { from: 'literal', value: '127.0.0.1' },
    PORT: { from: 'port', port: 'http' },
    METRICS_PORT: { from: 'port', port: 'metrics' },
    ENVIRONMENT: { from: 'literal', value: 'local' },
    INSTALLATION: { from: 'installation' },
    REVISION: { from: 'revision' },
    FAULTS: { from: 'literal', value: 'yes' },
    TELEMETRY_URL: { from: 'service', service: 'monitoring' },
    WORKLOAD_KEY: { from: 'secret', secret: 'workload-key' },
    KEYS_URL: { from: 'service', service: 'auth' },
    AUTH_URL: { from: 'service', service: 'auth' },
    DEPLOYMENT_URL: { from: 'service', service: 'deployment' },
    CONFIGURATION_URL: { from: 'service', service: 'configuration' },
    MONITORING_URL: { from: 'service', service: 'monitoring' },
    SESSIONS: { from: 'backing', backing: 'sessions' },
    COOKIE_KEY: { from: 'secret', secret: 'gateway-cookie-key' },
    COOKIE_SECURE: { from: 'literal', value: 'no', knob: 'cookieSecure' },
    RATE_LIMIT_RPS: { from: 'literal', value: '200', knob: 'rateLimit' },
    TRACE_SHARE: { from: 'literal', value: '1', knob: 'traceShare' },
    LOG_LEVEL: { from: 'literal', value: 'info', knob: 'logLevel' },
  });
});

test('every workload may reach what it references and nothing else', () => {
  expect(processNamed('dashboard').allow).toEqual([{ reference: 'dashboard.GATEWAY_URL', kind: 'service', to: 'gateway', port: 'http' }]);
  expect(processNamed('auth').allow).toEqual([
    { reference: 'auth.DATABASE', kind: 'backing', to: 'identity' },
    { reference: 'auth.TELEMETRY_URL', kind: 'standard', to: 'monitoring', port: 'http' },
  ]);
});

test('the scraper reads metrics where there are some, and health where there are none', () => {
  const { WORKLOADS } = processNamed('monitoring').env;
  expect(WORKLOADS).toMatchObject({ from: 'workloads' });
  expect(WORKLOADS?.from === 'workloads' && WORKLOADS.workloads).toContainEqual({ name: 'dashboard', port: 'http' });
  expect(WORKLOADS?.from === 'workloads' && WORKLOADS.workloads).toContainEqual({ name: 'gateway', port: 'metrics' });
});

test('a workload without a metrics port, without telemetry and with a build says so', () => {
  const { env, ports, probes, build, migrate, command } = processNamed('dashboard');
  expect(Object.keys(env)).toEqual(['HOST', 'PORT', 'ENVIRONMENT', 'INSTALLATION', 'REVISION', 'GATEWAY_URL']);
  expect({ ports, probes, build, migrate, command }).toEqual({
    ports: ['http'], probes: { port: 'http', live: '/livez', ready: '/readyz' },
    build: ['node', 'dashboard/build.ts'], migrate: undefined, command: ['node', 'dashboard/main.ts'],
  });
  expect(processNamed('auth').migrate).toEqual(['node', 'services/auth/main.ts', 'migrate']);
});

test('who is called starts before who calls, two at a time', () => {
  const place = (name: string) => plan.waves.findIndex((wave) => wave.includes(name));
  for (const process of plan.processes) {
    for (const before of process.after) expect(place(before)).toBeLessThan(place(process.name));
  }
  expect(Math.max(...plan.waves.map((wave) => wave.length))).toBe(2);
  expect(processNamed('gateway').after).toEqual(['auth', 'configuration', 'deployment', 'monitoring']);
  expect(plan.processes.map((one) => one.name)).toEqual(plan.waves.flat());
});

test('backings name the variable that overrides them, a secret store has none', () => {
  expect(plan.backings).toContainEqual({ name: 'settings-cache', kind: 'cache', provider: 'embedded', override: 'SETTINGS_CACHE_URL' });
  expect(plan.backings).toContainEqual({ name: 'vault', kind: 'secrets', provider: 'embedded' });
  expect(plan.secrets).toEqual(['auth-signing-key', 'gateway-cookie-key', 'workload-key']);
});

test.each<[string, (e: LocalEnvironment) => LocalEnvironment, RegExp]>([
  ['release', (e) => ({ ...e, release: {} }), /no release of the workload/],
  ['knob', (e) => ({ ...e, knobs: {} }), /gives the knob "\w+" no value/],
  ['provider', (e) => ({ ...e, backing: {} }), /gives the backing "identity" no provider/],
])('an environment without a %s is refused by name', (_, without, message) => {
  expect(() => planOf(platform, without(local))).toThrow(message);
});

test('a knob or a backing that the platform does not list is refused', () => {
  const model: Platform = platform;
  expect(() => planOf({ ...model, knobs: {} }, local)).toThrow(/is not in the platform/);
});

test('the file holds the plan and says what each entry came from', () => {
  const [file] = target(platform, local);
  expect(file?.path).toBe('plan.json');
  expect(JSON.parse(file?.text ?? '')).toEqual(JSON.parse(JSON.stringify(plan)));
  expect(file?.declares).toContainEqual({ object: 'allow/gateway-to-auth', workload: 'gateway', declaredBy: 'gateway.AUTH_URL' });
});
