import { expect, test } from '@jest/globals';
import type { LiveEnvironment, LiveWorkload } from './live.ts';
import { stageHindrances } from './stage.ts';

const release = `sha256:${'1'.repeat(64)}`;
const now = Date.parse('2026-01-01T12:00:00Z');
const good: LiveWorkload = {
  name: 'gateway', sync: 'Synced', health: 'Healthy', desired: { release, replicas: 1 }, live: { release, replicas: 1, ready: 1 }, since: '2026-01-01T11:00:00Z', drift: [],
  rollout: { release, commit: 'c'.repeat(40), phase: 'Healthy', startedAt: '2026-01-01T11:00:00Z', evidence: [] },
};
const seen = (workload: Partial<LiveWorkload> = {}, without: keyof LiveWorkload = 'why', minutes = 60) => {
  const { [without]: _, ...rest } = { ...good, ...workload };
  const live: LiveEnvironment = { engine: 'Argo CD', environment: 'staging', revision: null, automatic: true, observedAt: '', workloads: [rest as LiveWorkload] };
  return stageHindrances({ environment: 'staging', live, wanted: [{ workload: 'gateway', release }], soakMinutes: minutes, firing: [], now });
};

test('a release that was seen to be good travels on', () => {
  expect(seen()).toEqual([]);
  expect(seen({ since: '2026-01-01T11:59:00Z' }, 'why', 0)).toEqual([]);
  expect(seen({}, 'since', 0)).toEqual([]);
  expect(seen({ rollout: { release, commit: '', phase: 'Healthy', tested: true, startedAt: '', evidence: [] } })).toEqual([]);
});

test.each<[string, readonly string[], RegExp]>([
  ['another release', seen({ live: { release: 'sha256:2', replicas: 1, ready: 1 } }), /runs sha256:2 and not sha256:111111111111: promote what runs/],
  ['drift', seen({ sync: 'OutOfSync' }), /is OutOfSync: sync it/],
  ['bad health', seen({ health: 'Progressing' }), /is Progressing: wait/],
  ['smoke test running', seen({ rollout: { release, commit: '', phase: 'Progressing', startedAt: '', evidence: [] } }), /passed no smoke test: its last rollout is Progressing/],
  ['no smoke test', seen({}, 'rollout'), /its last rollout is not known/],
  ['a heal since', seen({ rollout: { release, commit: '', phase: 'Healthy', tested: false, startedAt: '', evidence: [] } }), /^No smoke test of gateway in staging was seen: .* Sync it there once; its 60 minutes begin anew\.$/],
  ['too young', seen({ since: '2026-01-01T11:00:01Z' }), /has run for 59 of 60 minutes/],
  ['from the future', seen({ since: '2026-01-01T13:00:00Z' }), /has run for 0 of 60 minutes/],
  ['of unknown age', seen({}, 'since'), /Nobody knows since when/],
  ['of rubbish age', seen({ since: 'yesterday' }), /Nobody knows since when/],
])('%s hinders', (_, found, said) => {
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(said);
});

test('every reason is told, with what the engine says', () => {
  expect(seen({ sync: 'Unknown', health: 'Degraded', why: 'crash loop', since: '2026-01-01T11:50:00Z' }, 'rollout')).toEqual([
    'gateway in staging is Unknown: sync it first.', 'gateway in staging is Degraded (crash loop): wait until it is Healthy, or roll it back.',
    expect.stringContaining('no smoke test'), 'gateway in staging has run for 10 of 60 minutes: wait.',
  ]);
});

test('what nobody watches, and what is not there, was not seen to be good', () => {
  const wanted = [{ workload: 'auth', release }];
  expect(stageHindrances({ environment: 'dev', live: null, wanted, soakMinutes: 0, firing: null, now })).toEqual([expect.stringContaining('Nothing watches dev')]);
  const live: LiveEnvironment = { engine: 'Argo CD', environment: 'dev', revision: null, automatic: true, observedAt: '', workloads: [good] };
  expect(stageHindrances({ environment: 'dev', live, wanted, soakMinutes: 0, firing: null, now })).toEqual(['Argo CD sees no auth in dev: sync it there first.']);
});

test('what fires there hinders, whatever it is about; the first five are named', () => {
  const live: LiveEnvironment = { engine: 'Argo CD', environment: 'staging', revision: null, automatic: true, observedAt: '', workloads: [good] };
  const hindered = (firing: Parameters<typeof stageHindrances>[0]['firing']) => stageHindrances({ environment: 'staging', live, wanted: [{ workload: 'gateway', release }], soakMinutes: 0, firing, now });
  const alert = (n: number) => ({ name: `Burn${n}`, workload: n === 0 ? '' : 'auth', since: '2026-01-01T11:00:00.123Z', severity: 'page' });
  expect(hindered([])).toEqual([]);
  expect(hindered([alert(0)])).toEqual(['1 alert fires in staging: Burn0 since 2026-01-01T11:00Z. Wait until it is resolved; what is known and harmless can be silenced there.']);
  expect(hindered(Array.from({ length: 7 }, (_, n) => alert(n)))).toEqual([expect.stringMatching(/^7 alerts fire in staging: Burn0 since .*, Burn4 of auth since 2026-01-01T11:00Z and 2 more\. Wait until they are resolved/)]);
});
