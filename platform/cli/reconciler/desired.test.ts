import { expect, test } from '@jest/globals';
import type { LocalPlan, LocalProcess } from '../../targets/local/plan.ts';
import { desiredOf } from './desired.ts';

const process = (name: string, more: Partial<LocalProcess> = {}): LocalProcess => ({
  name, about: '', folder: `services/${name}`, release: 'worktree', replicas: 1, command: ['node', 'x'], ports: ['http'], probes: { port: 'http', live: '/l', ready: '/r' }, after: [], allow: [],
  env: { LIMIT: { from: 'literal', value: '1', knob: 'limit' } }, ...more,
});
const plan = (...processes: LocalProcess[]): LocalPlan => ({ environment: 'local', processes, waves: [], backings: [], secrets: [] });
const [a, b] = [process('a'), process('b')];
const sha = 'a'.repeat(40);

test('what main says is what runs: release, size, knobs, references', () => {
  const said = process('a', { release: sha, replicas: 3, env: { LIMIT: { from: 'literal', value: '9', knob: 'limit' }, NEW: { from: 'service', service: 'b' } } });
  expect(desiredOf({ disk: plan(a, b), head: plan(a, b), main: plan(said, b) })).toEqual([said, b]);
  expect(desiredOf({ disk: plan(a), head: undefined, main: plan(said) })).toEqual([said]);
});

test('an edit on disk that is not committed is taken from there for a work tree, with the knobs and the size of main', () => {
  const edited = process('a', { env: { LIMIT: { from: 'literal', value: '1', knob: 'limit' }, NEW: { from: 'service', service: 'b' } } });
  const said = process('a', { replicas: 2, env: { LIMIT: { from: 'literal', value: '9', knob: 'limit' } } });
  expect(desiredOf({ disk: plan(edited), head: plan(a), main: plan(said) })).toEqual([
    { ...edited, replicas: 2, env: { LIMIT: { from: 'literal', value: '9', knob: 'limit' }, NEW: { from: 'service', service: 'b' } } },
  ]);
  const released = process('a', { release: sha });
  expect(desiredOf({ disk: plan(edited), head: plan(a), main: plan(released) })).toEqual([released]);
});

test('a knob that was edited on disk alone changes nothing: main decides it', () => {
  const edited = process('a', { env: { LIMIT: { from: 'literal', value: '77', knob: 'limit' } } });
  expect(desiredOf({ disk: plan(edited), head: plan(a), main: plan(a) })).toEqual([a]);
});

test('what main dropped is dropped; what only the disk has runs', () => {
  expect(desiredOf({ disk: plan(a, b), head: plan(a, b), main: plan(a) })).toEqual([a]);
  expect(desiredOf({ disk: plan(a, b), head: plan(a), main: plan(a) })).toEqual([a, b]);
});
