import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { LuaFactory, type LuaEngine } from 'wasmoon';

const script = readFileSync(new URL('application-health.lua', import.meta.url), 'utf8');
let lua: LuaEngine;
beforeAll(async () => { lua = await new LuaFactory().createEngine(); });
afterAll(() => lua.global.close());

const source = { repoURL: 'https://git.example.com/a.git', path: 'synth/dev', targetRevision: 'main', directory: { include: 'a/*' } };
const synced = {
  spec: { source, syncPolicy: { automated: { prune: true } } },
  status: {
    health: { status: 'Healthy' }, sync: { status: 'Synced', revision: 'b2', comparedTo: { source } },
    operationState: { phase: 'Succeeded', syncResult: { revision: 'b2' } },
  },
};
type Change = (one: { spec: Record<string, unknown>; status: Record<string, unknown>; operation?: unknown }) => void;
async function health(change: Change = () => {}): Promise<unknown> {
  const obj = structuredClone<unknown>(synced) as Parameters<Change>[0];
  change(obj);
  lua.global.set('obj', obj);
  return lua.doString(script);
}
const failed = { phase: 'Failed', message: 'the smoke test failed', syncResult: { revision: 'b2' } };
const outOfSync = { ...synced.status.sync, status: 'OutOfSync' };

test.each<[string, Change, string, string | RegExp]>([
  ['synced and healthy', () => {}, 'Healthy', ''],
  ['just made', (o) => { o.status = undefined as never; }, 'Progressing', /not looked at/],
  ['looked at, never synced', (o) => { o.status = { health: { status: 'Missing' }, sync: outOfSync }; }, 'Progressing', /about to begin/],
  ['asked to sync', (o) => { o.operation = { sync: {} }; }, 'Progressing', /under way/],
  // Since Argo CD 3.4 an Application is as healthy as those of its objects that are there already.
  ['half synced, and what is there is healthy', (o) => { o.status['operationState'] = { phase: 'Running' }; }, 'Progressing', /under way/],
  ['being stopped', (o) => { o.status['operationState'] = { phase: 'Terminating' }; }, 'Progressing', /under way/],
  ['healthy as it was before its source changed', (o) => { o.spec['source'] = { ...source, path: 'synth/other' }; }, 'Progressing', /source was changed/],
  ['healthy as it was before it owned more', (o) => { o.spec['source'] = { ...source, directory: { include: '{a/*,b/*}' } }; }, 'Progressing', /source was changed/],
  ['a new commit', (o) => { o.status['sync'] = { ...outOfSync, revision: 'c3' }; }, 'Progressing', /about to begin/],
  ['a new commit while people have paused it', (o) => { o.status['sync'] = { ...outOfSync, revision: 'c3' }; o.spec['syncPolicy'] = { automated: { enabled: false } }; }, 'Healthy', ''],
  ['a new commit without automatic sync', (o) => { o.status['sync'] = { ...outOfSync, revision: 'c3' }; o.spec['syncPolicy'] = {}; }, 'Healthy', ''],
  ['drifted from the commit that it is at', (o) => { o.status['sync'] = outOfSync; }, 'Healthy', ''],
  ['a failed sync, though what runs is healthy', (o) => { o.status['operationState'] = failed; }, 'Degraded', 'the smoke test failed'],
  ['a failed sync without words', (o) => { o.status['operationState'] = { phase: 'Error', syncResult: { revision: 'b2' } }; }, 'Degraded', /last sync failed/],
  ['a failed sync, and a commit that mends it', (o) => { o.status['operationState'] = failed; o.status['sync'] = { ...outOfSync, revision: 'c3' }; }, 'Progressing', /about to begin/],
  ['degraded', (o) => { o.status['health'] = { status: 'Degraded', message: 'no replica' }; }, 'Degraded', 'no replica'],
  ['suspended', (o) => { o.status['health'] = { status: 'Suspended' }; }, 'Suspended', ''],
])('%s', async (_, change, status, message) => {
  expect(await health(change)).toEqual({ status, message: typeof message === 'string' ? message : expect.stringMatching(message) });
});
