import { describe, expect, test } from '@jest/globals';
import type { LiveEnvironment, LiveWorkload, Rollout } from './live.ts';
import { strayFailures, verdictOf, type FollowCase, type FollowTarget } from './verdict.ts';

const [before, own, later, build] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40), 'd'.repeat(40)] as const;
const merged = Date.parse('2026-01-01T12:00:00Z');
const rollout = (change: Partial<Rollout> = {}): Rollout => ({ release: build, commit: own, phase: 'Healthy', startedAt: '2026-01-01T12:00:01Z', evidence: [], ...change });
const workload = (change: Partial<LiveWorkload> = {}): LiveWorkload => ({
  name: 'gateway', sync: 'Synced', health: 'Healthy', desired: { release: build, replicas: 1 }, live: { release: build, replicas: 1, ready: 1 }, drift: [], rollout: rollout(), ...change,
});
const live = (workloads: readonly LiveWorkload[], change: Partial<LiveEnvironment> = {}): LiveEnvironment => ({ engine: 'fake', environment: 'local', revision: own, automatic: true, observedAt: '', workloads, ...change });
const target = (seen: LiveEnvironment, change: Partial<FollowTarget> = {}): FollowTarget => ({ live: seen, workloads: ['gateway'], releases: { gateway: build }, patienceMs: 60_000, resting: false, ...change });
const follow = (targets: readonly FollowTarget[], after = 5000): FollowCase => ({ commit: own, mergedAt: merged, now: merged + after, targets, contains: (commit) => commit === own || commit === later });
const verdict = (workloads: readonly LiveWorkload[], o: { readonly env?: Partial<LiveEnvironment>; readonly target?: Partial<FollowTarget>; readonly after?: number } = {}) =>
  verdictOf(follow([target(live(workloads, o.env), o.target)], o.after));
const without = (key: 'rollout' | 'why') => { const { [key]: _, ...rest } = workload(); return rest; };

describe('a change is real', () => {
  test('when its rollout was seen to be healthy', () => expect(verdict([workload()])).toEqual({ kind: 'healthy', lost: false }));
  test('when it touched nothing that needed a rollout', () => {
    expect(verdict([workload({ rollout: rollout({ commit: before }) })])).toEqual({ kind: 'healthy', lost: false });
    expect(verdict([without('rollout')])).toEqual({ kind: 'healthy', lost: false });
  });
  test('when a later one holds it', () => expect(verdict([workload({ rollout: rollout({ commit: later }) })], { env: { revision: later } })).toEqual({ kind: 'healthy', lost: false }));
  test('wherever it is for', () => {
    expect(verdictOf(follow([target(live([workload()])), target(live([workload({ name: 'auth' })], { environment: 'dev' }), { workloads: [], releases: {} })]))).toEqual({ kind: 'healthy', lost: false });
    expect(verdictOf(follow([]))).toEqual({ kind: 'healthy', lost: false });
  });
  test('and lost, when a later one brought another build meanwhile', () => {
    expect(verdict([workload({ live: { release: before, replicas: 1, ready: 1 }, rollout: rollout({ commit: later }) })], { env: { revision: later } })).toEqual({ kind: 'healthy', lost: true });
  });
});

describe('it is waited for', () => {
  test.each<[string, LiveWorkload, Partial<LiveEnvironment>, boolean]>([
    ['until main has arrived', workload(), { revision: before }, false],
    ['until there is any revision', workload(), { revision: null }, false],
    ['until it is synced', workload({ sync: 'OutOfSync' }), {}, false],
    ['until the rollout has ended', workload({ rollout: rollout({ phase: 'Progressing' }) }), {}, true],
    ['until it is healthy', workload({ health: 'Progressing' }), {}, true],
    ['until the new build answers', workload({ live: { release: before, replicas: 1, ready: 1 } }), {}, true],
    ['until what was never rolled out is healthy', workload({ health: 'Progressing', rollout: rollout({ commit: before }) }), {}, true],
  ])('%s', (_, one, env, synced) => expect(verdict([one], { env })).toEqual({ kind: 'wait', synced }));
  test('while any other workload is not there yet', () => {
    expect(verdict([workload(), workload({ name: 'auth', sync: 'OutOfSync' })], { target: { workloads: [] } })).toEqual({ kind: 'wait', synced: false });
  });
  test('as long as anybody likes, while nothing is synced by itself', () => {
    expect(verdict([workload({ sync: 'OutOfSync' })], { env: { automatic: false }, after: 3_600_000 })).toEqual({ kind: 'wait', synced: false });
  });
  test('as long as its window is closed, whatever else the engine says', () => {
    for (const one of [workload({ sync: 'OutOfSync' }), workload({ name: 'other' })])
      expect(verdict([one], { target: { resting: true }, after: 3_600_000 })).toEqual({ kind: 'wait', synced: false });
    expect(verdict([workload()], { target: { resting: true }, env: { revision: before }, after: 3_600_000 })).toEqual({ kind: 'wait', synced: false });
  });
  test('while a later change is in trouble: that is its own', () => {
    for (const phase of ['Degraded', 'Progressing'] as const)
      expect(verdict([workload({ health: 'Degraded', rollout: rollout({ commit: later, phase }) })], { env: { revision: later }, after: 3_600_000 })).toEqual({ kind: 'wait', synced: true });
  });
  test('from the beginning of its rollout, when somebody synced it late', () => {
    const late = workload({ rollout: rollout({ phase: 'Progressing', startedAt: '2026-01-01T13:00:00Z' }) });
    expect(verdict([late], { after: 3_630_000 })).toEqual({ kind: 'wait', synced: true });
    expect(verdict([late], { after: 3_661_000 })).toMatchObject({ kind: 'failed' });
  });
});

describe('it has failed', () => {
  test('when its rollout has, with what was seen', () => {
    const bad = workload({ health: 'Degraded', rollout: rollout({ phase: 'Degraded', evidence: ['exit code 1', 'last words'] }) });
    expect(verdict([bad])).toEqual({ kind: 'failed', environment: 'local', evidence: ['exit code 1', 'last words'] });
    expect(verdict([workload({ rollout: rollout({ phase: 'Degraded' }) })], { env: { revision: before } })).toEqual({ kind: 'failed', environment: 'local', evidence: ['gateway in local is Degraded.'] });
  });
  test.each<[string, LiveWorkload, Partial<LiveEnvironment>, RegExp]>([
    ['not arrived', workload({ sync: 'OutOfSync', why: 'its window is closed' }), { revision: before }, /not healthy within 60 s: OutOfSync at aaaaaaaa \(its window is closed\)\./],
    ['nowhere', workload({ sync: 'Unknown' }), { revision: null }, /Unknown at no revision\./],
    ['never healthy', workload({ health: 'Progressing', why: 'answers 503', rollout: rollout({ commit: before }) }), {}, /: Progressing \(answers 503\)\./],
    ['another build', workload({ live: { release: before, replicas: 1, ready: 1 } }), {}, /aaaaaaaa answers, not dddddddd\./],
    ['gone', workload({ name: 'other' }), {}, /gateway in local was not healthy within 60 s: it is not there\./],
  ])('when the time is over: %s', (_, one, env, said) => {
    const end = verdict([one], { env, after: 60_001 });
    expect(end.kind === 'failed' ? end.evidence : []).toEqual([expect.stringMatching(said)]);
    expect(verdict([one], { env, after: 60_000 }).kind).toBe('wait');
  });
  test('also in a closed window, once it has been synced', () => {
    expect(verdict([workload({ health: 'Progressing', rollout: rollout({ commit: before }) })], { target: { resting: true }, after: 60_001 }).kind).toBe('failed');
    expect(verdict([workload({ rollout: rollout({ phase: 'Degraded' }) })], { target: { resting: true } }).kind).toBe('failed');
  });
  test('also when nothing is synced by itself, once it has been synced', () => {
    expect(verdict([workload({ health: 'Progressing', rollout: rollout({ commit: before }) })], { env: { automatic: false }, after: 60_001 }).kind).toBe('failed');
  });
});

test('rollouts that failed are named, whoever began them', () => {
  expect(strayFailures(live([workload(), workload({ name: 'auth', rollout: rollout({ phase: 'Degraded', evidence: ['x'] }) }), without('rollout')]))).toEqual([{ workload: 'auth', commit: own, evidence: ['x'] }]);
});
