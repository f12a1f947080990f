import { describe, expect, test } from '@jest/globals';
import type { Delivery } from './delivery.ts';
import { approvers, hindrances, needed, type GivenApproval, type MergeCase, type TargetEnvironment } from './merge-rule.ts';

const [base, head, other] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)] as const;
const laptop: Delivery = { approvals: { release: 0, model: 1 } };
const guarded: Delivery = { after: 'staging', approvals: { release: 1, model: 2 }, soakMinutes: 60 };
const target = (change: Partial<TargetEnvironment> = {}): TargetEnvironment => ({ name: 'local', delivery: laptop, freeze: { frozen: false, reason: '' }, open: true, stage: [], ...change });
const good: MergeCase = {
  kind: 'release', automatic: false, environment: 'local', requestedBy: 'otto@example.com', pull: { state: 'open', author: 'otto@example.com', base, head }, lookedAt: head, tip: base,
  facts: [{ environment: 'local', subject: 'release/gateway', from: 'worktree', to: other }], checks: [{ name: 'check', passed: true, said: [] }], approvals: [], environments: [target()], holds: [], alertsWatched: false,
};
const told = (change: Partial<MergeCase>) => hindrances({ ...good, ...change });
const by = (name: string, change: Partial<GivenApproval> = {}): GivenApproval => ({ by: name, commit: head, admin: false, sameDiff: false, ...change });

test('nothing hinders a release of a laptop', () => expect(told({})).toEqual([]));

test.each<[string, Partial<MergeCase>, RegExp]>([
  ['merged', { pull: { ...good.pull, state: 'merged' } }, /is merged already/],
  ['closed', { pull: { ...good.pull, state: 'closed' } }, /is closed: ask again/],
  ['main moved', { tip: other }, /main has moved on since/],
  ['not what was looked at', { lookedAt: other }, /is bbbbbbbb by now, and cccccccc was looked at/],
  ['stuck', { stuck: 'It does not fit on top of main any more: ask again.', tip: other }, /does not fit/],
  ['a failed check', { checks: [{ name: 'check', passed: false, said: ['a pod may be root'] }] }, /The check check failed: a pod may be root\. Close it/],
  ['a failed check that says nothing', { checks: [{ name: 'synth', passed: false, said: [] }] }, /The check synth failed\. Close it/],
  ['a build that still runs', { checks: [{ name: 'prepare dashboard', passed: false, said: [], running: true }] }, /prepare dashboard is not ready yet: wait/],
  ['unbuilt', { facts: [{ environment: 'staging', subject: 'release/auth', from: 'x', to: 'unbuilt' }] }, /auth is unbuilt: build it/],
  ['held', { holds: [{ id: 1, environment: 'dev', subject: 'release/gateway', value: other, reason: 'crashed', by: 'automatic', at: '' }] }, /release\/gateway cccccccc is held since it was taken back in dev by automatic \(crashed\)/],
  ['frozen', { environments: [target({ freeze: { frozen: true, reason: 'release week' } })] }, /local is frozen: release week\. Wait/],
  ['frozen without a word', { environments: [target({ freeze: { frozen: true, reason: '' } })] }, /no reason was given/],
  ['a freeze that cannot be read', { environments: [target({ freeze: null })] }, /cannot be read: look whether configuration runs/],
  ['out of hours', { environments: [target({ open: false, opens: '2026-01-05T08:00:00Z' })] }, /closed until 2026-01-05T08:00:00Z: wait/],
  ['out of hours for good', { environments: [target({ open: false })] }, /The window of local is closed: wait/],
  ['a stage that is not healthy', { environments: [target({ delivery: { ...laptop, after: 'dev' }, stage: ['gateway in dev is Degraded.'] })] }, /Degraded/],
  ['a model change nobody else has seen', { kind: 'knob' }, /needs 1 more approval by somebody other than otto@example.com/],
])('%s hinders', (_, change, said) => {
  expect(told(change)).toHaveLength(1);
  expect(told(change)[0]).toMatch(said);
});

test('everything is told at once', () => {
  expect(told({
    kind: 'knob', tip: other, checks: [{ name: 'check', passed: false, said: [] }, { name: 'synth', passed: false, said: [] }],
    environments: [target({ freeze: { frozen: true, reason: 'x' }, open: false })],
  })).toHaveLength(6);
});

describe('a rollback', () => {
  const late = [target({ open: false, delivery: { ...guarded }, stage: ['gateway in staging is Degraded.'] })];
  test('needs no approval, no window and no stage', () => expect(told({ kind: 'rollback', environments: late })).toEqual([]));
  test('of a person waits for a freeze, for checks and for holds', () => {
    expect(told({
      kind: 'rollback', environments: [target({ freeze: { frozen: true, reason: '' } })], checks: [{ name: 'check', passed: false, said: [] }],
      holds: [{ id: 1, environment: 'local', subject: 'release/gateway', value: other, reason: 'x', by: 'y', at: '' }],
    })).toHaveLength(3);
  });
  test('that happens by itself waits for nobody, yet for main', () => {
    const all: Partial<MergeCase> = {
      kind: 'rollback', automatic: true, environments: [target({ freeze: null, open: false })], checks: [{ name: 'check', passed: false, said: [] }],
      holds: [{ id: 1, environment: 'local', subject: 'release/gateway', value: other, reason: 'x', by: 'y', at: '' }],
    };
    expect(told(all)).toEqual([]);
    expect(told({ ...all, tip: other })).toHaveLength(1);
  });
  test('that happens by itself waits for an admin where it changes a guarded environment and nothing failed there', () => {
    const production = target({ name: 'production', delivery: guarded, open: false });
    const own: Partial<MergeCase> = { kind: 'rollback', automatic: true, environments: [target(), production] };
    expect(told(own)).toEqual(['It changes production, too, where nothing failed: an admin has to approve it.']);
    expect(needed({ ...good, ...own })).toBe(1);
    expect(told({ ...own, approvals: [by('ada@example.com')] })).toEqual([expect.stringContaining('production wants the approval of an admin')]);
    expect(told({ ...own, approvals: [by('ada@example.com', { admin: true })] })).toEqual([]);
    // What failed there is taken back there at once, and so is what nobody depends on.
    expect(told({ ...own, environment: 'production' })).toEqual([]);
    expect(needed({ ...good, ...own, environments: [target(), target({ name: 'dev' })] })).toBe(0);
    // A person's wanted the name typed instead.
    expect(told({ ...own, automatic: false })).toEqual([]);
  });
  test('may bring an unbuilt release back', () => {
    expect(told({ kind: 'rollback', facts: [{ environment: 'dev', subject: 'release/auth', from: 'sha256:1', to: 'unbuilt' }] })).toEqual([]);
  });
});

describe('approvals', () => {
  const knob = (approvals: readonly GivenApproval[], environments = [target()]) => told({ kind: 'knob', approvals, environments });
  test('of one other person are enough on a laptop', () => expect(knob([by('ada@example.com')])).toEqual([]));
  test('of the author or of who asked are none', () => {
    expect(knob([by('otto@example.com')])).toHaveLength(1);
    expect(knob([by('OTTO@example.com ')])).toHaveLength(1);
    expect(told({ kind: 'knob', approvals: [by('bot')], pull: { ...good.pull, author: 'bot' } })).toHaveLength(1);
  });
  test('count for the commit they were given, or for one with the same diff', () => {
    expect(knob([by('ada@example.com', { commit: other })])).toHaveLength(1);
    expect(knob([by('ada@example.com', { commit: other, sameDiff: true })])).toEqual([]);
  });
  test('of one person count once', () => {
    const strict = [target({ delivery: { approvals: { release: 0, model: 2 } } })];
    expect(knob([by('ada@example.com'), by('ada@example.com', { commit: other, sameDiff: true })], strict)).toEqual([expect.stringContaining('needs 1 more approval by')]);
    expect(knob([by('ada@example.com'), by('eva@example.com')], strict)).toEqual([]);
    expect(knob([], strict)).toEqual([expect.stringContaining('needs 2 more approvals')]);
  });
  test('of a guarded environment include an admin', () => {
    const production = [target({ name: 'production', delivery: guarded })];
    const release = (approvals: readonly GivenApproval[]) => told({ kind: 'promotion', approvals, environments: production });
    expect(release([])).toEqual([expect.stringContaining('needs 1 more approval')]);
    expect(release([by('ada@example.com')])).toEqual([expect.stringContaining('production wants the approval of an admin')]);
    expect(release([by('ada@example.com', { admin: true })])).toEqual([]);
    // Who approves a promotion looks at alerts that nobody watches.
    const promotion = (alertsWatched: boolean) => told({ kind: 'promotion', alertsWatched, environments: [target({ name: 'production', delivery: { ...guarded, approvals: { release: 1, model: 1 } } })], approvals: [by('ada@example.com')] })[0];
    expect(promotion(false)).toMatch(/Alerts of the stage before are not watched here/);
    expect(promotion(true)).not.toMatch(/Alerts/);
  });
  test('of one person the newest counts, and an admin\'s before that', () => {
    const counted = (...approvals: readonly GivenApproval[]) => approvers({ ...good, approvals }).map(({ commit, admin }) => [commit, admin]);
    const older = { commit: other, sameDiff: true };
    expect(counted(by('ada@example.com', older), by('ada@example.com'))).toEqual([[head, false]]);
    expect(counted(by('ada@example.com', { ...older, admin: true }), by('ADA@example.com'))).toEqual([[other, true]]);
    expect(counted(by('ada@example.com', { ...older, admin: true }), by('ada@example.com', { admin: true }))).toEqual([[head, true]]);
  });
  test('an admin among several approvals of one person is found', () => {
    expect(approvers({ ...good, approvals: [by('ada@example.com', { commit: other, sameDiff: true }), by('ada@example.com', { admin: true })] })).toEqual([by('ada@example.com', { admin: true })]);
  });
  test('what nobody watches of a promotion is for whoever approves to look at', () => {
    const travels: Partial<MergeCase> = { kind: 'promotion', environments: [target({ name: 'production', delivery: { ...guarded, approvals: { release: 1, model: 2 } } })], approvals: [by('ada@example.com')] };
    expect(told(travels)).toEqual([expect.stringContaining('Alerts of the stage before are not watched here')]);
    expect(told({ ...travels, approvals: [by('ada@example.com', { admin: true })] })).toEqual([]);
  });
  test('the strictest environment decides how many', () => {
    expect(needed({ ...good, kind: 'knob', environments: [target(), target({ delivery: guarded })] })).toBe(2);
    expect(needed({ ...good, environments: [target()] })).toBe(0);
    expect(needed({ ...good, kind: 'scale', environments: [] })).toBe(0);
  });
});
