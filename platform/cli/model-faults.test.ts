import { expect, test } from '@jest/globals';
import { dev } from '../../environments/dev.ts';
import { local } from '../../environments/local.ts';
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
  expect(found).toEqual([expect.stringMatching(/^platform\/workloads\/auth\.ts:\d+: auth\.DATABASE refers to "identity", which the platform does not have$/)]);
  expect(whatIn({ ...platform, workloads: without(platform.workloads, 'auth') })).toEqual([expect.stringContaining('gateway.AUTH_URL refers to "auth"')]);
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
