import { expect, test } from '@jest/globals';
import { dev } from '../../environments/dev.ts';
import { local } from '../../environments/local.ts';
import type { Ports } from '../../services/kit/contract.ts';
import type { Environment, Platform, Workload } from '../model/index.ts';
import { platform as real } from '../platform.ts';
import { faultsOf } from './model-faults.ts';

const platform: Platform = real;
const auth = real.workloads.auth;
const whatIn = (model: Platform, ...environments: readonly Environment[]) => faultsOf(model, environments).map(({ where, what }) => `${where}: ${what}`);
const withAuth = (workload: Workload): Platform => ({ ...platform, workloads: { ...platform.workloads, auth: workload } });
/** The same record without one key. */
const without = <T>(from: Readonly<Record<string, T>>, key: string) => Object.fromEntries(Object.entries(from).filter(([one]) => one !== key));

test('the model as it is has no fault', () => {
  expect(faultsOf(platform, [dev, local])).toEqual([]);
});

test('an entry without a binding and a binding without an entry', () => {
  const { LOG_LEVEL, ...rest } = auth.options.env;
  expect(whatIn(withAuth({ ...auth, options: { ...auth.options, env: { ...rest, LOG_LEVELS: LOG_LEVEL } } }))).toEqual([
    'platform/workloads/auth.ts: nothing is bound to auth.LOG_LEVEL',
    'platform/workloads/auth.ts: auth.LOG_LEVELS is bound, but its contract has no such entry',
  ]);
});

test('a reference to what is not there', () => {
  const found = whatIn({ ...platform, workloads: without(platform.workloads, 'notification'), backing: without(platform.backing, 'identity') });
  expect(found).toEqual([expect.stringMatching(/^platform\/workloads\/auth\.ts:\d+: auth\.DATABASE refers to "identity", which the platform does not have$/), expect.stringContaining('monitoring.NOTIFICATION_URL refers to "notification"')]);
  expect(whatIn({ ...platform, workloads: without(platform.workloads, 'auth') })).toEqual([expect.stringContaining('gateway.AUTH_URL refers to "auth"')]);
});

test('the address of a workload that is not there', () => {
  const { dashboard: _, ...others } = real.workloads;
  expect(whatIn({ ...platform, workloads: others })).toEqual(['notification', 'monitoring'].map((name) => expect.stringContaining(`${name}.PAGES_URL refers to "dashboard", which the platform does not have`)));
});

test('a workload under another name', () => {
  expect(whatIn({ ...platform, workloads: { ...platform.workloads, login: auth } })).toEqual(['platform/platform.ts: the workload "auth" is listed as "login"']);
});

test('an environment that lacks something or names too much, each with its file', () => {
  const wrong: Environment = {
    ...dev, backing: without(dev.backing, 'vault'), knobs: { ...dev.knobs, colour: 'red' }, scale: without(dev.scale, 'auth'),
    release: { ...without(dev.release, 'gateway'), gatway: { image: 'unbuilt' } },
  };
  expect(whatIn(platform, wrong)).toEqual([
    'environments/dev.ts: the backings of "dev" have no "vault"',
    'environments/dev.ts: the knobs of "dev" name "colour", which the platform does not have',
    'environments/releases/dev.json: the releases of "dev" have no "gateway"',
    'environments/releases/dev.json: the releases of "dev" name "gatway", which the platform does not have',
    'environments/dev.ts: the scales of "dev" have no "auth"',
  ]);
});

test('a contract that serves on no port or on two, or on one that no cluster takes', () => {
  const withPorts = (ports: Ports) => whatIn(withAuth({ ...auth, contract: { ...auth.contract, ports } }));
  expect(withPorts({ web: 8080, metrics: 9090 })).toEqual([]);
  expect(withPorts({ metrics: 9090 })).toEqual(['services/auth/contract.ts: the contract "auth" serves on no port, and must on exactly one']);
  expect(withPorts({ web: 1, admin: 2 })).toEqual(['services/auth/contract.ts: the contract "auth" serves on "web" and "admin", and must on exactly one']);
  expect(withPorts({ Web_1: 0, metrics: 0 })).toEqual([
    'services/auth/contract.ts: a port of "auth" cannot be called "Web_1"',
    'services/auth/contract.ts: the port "Web_1" of "auth" is 0',
    'services/auth/contract.ts: the port "metrics" of "auth" is 0',
    'services/auth/contract.ts: two ports of "auth" are 0',
  ]);
});

test('two workloads behind one database; one workload may name its own twice', () => {
  const shared = withAuth({ ...auth, options: { ...auth.options, env: { ...auth.options.env, DATABASE: real.workloads.configuration.options.env.DATABASE } } });
  expect(whatIn(shared)).toEqual([expect.stringMatching(/^platform\/workloads\/configuration\.ts:\d+: configuration\.DATABASE is bound to the database "settings", which is auth's$/)]);
  const twice = { ...auth, contract: { ...auth.contract, env: { ...auth.contract.env, COPY: auth.contract.env.DATABASE } }, options: { ...auth.options, env: { ...auth.options.env, COPY: auth.options.env.DATABASE } } };
  expect(whatIn(withAuth(twice))).toEqual([]);
});

test('a domain, a registry, an issuer and public hosts that are none', () => {
  const place = (more: Partial<typeof dev>) => whatIn(platform, { ...dev, ...more });
  expect(place({ domain: 'Bad Domain', registry: 'https://registry', issuer: 'let us' })).toEqual([
    'environments/dev.ts: the domain of "dev" is not a host name in lower case, such as journey.example.com: "Bad Domain"',
    'environments/dev.ts: the registry of "dev" is not a host with an optional port and path, such as registry.example.com/team: "https://registry"',
    'environments/dev.ts: the issuer of "dev" is not the name of a cert-manager issuer, such as letsencrypt: "let us"',
  ]);
  expect(place({ registry: 'localhost:5000/team_a/x--y' })).toEqual([]);
  for (const domain of ['', '.', 'a..b', '-a.b', 'a-.b', 'a.b.', 'a_b', `${'a'.repeat(64)}.b`, `${'a.'.repeat(126)}ab`]) expect(place({ domain })).toHaveLength(1);
  const hosted = (host: string) => whatIn(withAuth({ ...auth, options: { ...auth.options, public: { host } } }), dev);
  expect(hosted('sign-in')).toEqual([]);
  expect(hosted('Sign in')).toEqual(['platform/workloads/auth.ts: the public host of auth is not a host name in "dev": "Sign in.dev.journey.example.com"']);
  expect(hosted('a.'.repeat(120).slice(0, -1))).toHaveLength(1);
});
