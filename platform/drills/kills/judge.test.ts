import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request } from '../request.ts';
import type { Site } from '../site.ts';
import type { Change } from './change.ts';
import { judge } from './judge.ts';

const COMMIT = 'c'.repeat(40);
let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'judge-')); });
afterEach(() => rmSync(folder, { recursive: true }));

interface World { readonly log?: string; readonly pulls?: readonly object[]; readonly entries?: readonly object[]; readonly mails?: number; readonly refs?: string; readonly worktrees?: string; readonly fsck?: string; /** The values that are held. */ readonly held?: readonly string[] }

/** A site that says what it is told to; nothing runs in its folder. */
function site({ log = 'Change: r1\n', pulls = [{ number: 3, state: 'merged', mergedAs: COMMIT }], entries = [{ commit: COMMIT, pull: 3 }], mails = 1, refs = 'refs/heads/main\nrefs/pulls/3/record', worktrees = '/x (bare)', fsck, held }: World = {}): Site {
  const git = (...args: readonly string[]) => {
    if (args.includes('fsck') && fsck !== undefined) throw new Error(fsck);
    if (args.includes('refs/journey/holds')) return held === undefined ? '' : 'refs/journey/holds';
    if (args.includes('show')) return JSON.stringify({ version: 1, last: 1, holds: (held ?? []).map((value) => ({ environment: 'local', subject: 'knob/rateLimit', value })) });
    return args.includes('log') ? log : args.includes('for-each-ref') ? refs : args.includes('worktree') ? worktrees : '';
  };
  const ask = async (_: string, path: string) => ({ status: 200, headers: new Headers(), body: path === '/v1/pulls' ? { pulls } : { entries } });
  return { folder, git, status: async () => ({ runner: 1, processes: [] }), mailsWith: () => Array.from({ length: mails }, () => 'mail'), admin: { ask } } as unknown as Site;
}
const change = (main: string, answers = main): Change => ({ subject: 'knob/rateLimit', before: '200', after: '150', onMain: () => main, answers: async () => answers }) as unknown as Change;
const ended = (status: string, more: object = {}): Request => ({ id: 'r1', status, pull: 3, commit: COMMIT, ...more }) as unknown as Request;

test('a change that came about, and one that was taken back, leave nothing to say', async () => {
  expect(await judge(site(), change('150'), ended('succeeded'))).toEqual([]);
  expect(await judge(site({ log: `Change: r1\nUndoes: ${COMMIT}\n`, held: ['150'] }), change('200'), ended('rolledBack'))).toEqual([]);
  expect(await judge(site({ log: '', pulls: [{ number: 3, state: 'closed' }], entries: [] }), change('200'), ended('failed', { commit: undefined }))).toEqual([]);
});

test('a request that did not end is all there is to say', async () => {
  expect(await judge(site(), change('150'), undefined)).toEqual(['the request did not end']);
});

test.each<readonly [string, World, Request, string]>([
  ['merged twice', { log: 'Change: r1\nChange: r1\n' }, ended('succeeded'), 'merges of it: 2 instead of 1'],
  ['not taken back', {}, ended('rolledBack'), 'commits that take it back: 0 instead of 1'],
  ['a pull request that stays open', { pulls: [{ number: 3, state: 'open', mergedAs: COMMIT }] }, ended('succeeded'), 'open pull requests: 1 instead of 0'],
  ['a pull request that is gone', { pulls: [] }, ended('succeeded'), 'its pull request: undefined instead of merged'],
  ['no place in the history', { entries: [] }, ended('succeeded'), 'its place in the history: 0 instead of 1'],
  ['two mails', { mails: 2 }, ended('succeeded'), 'mails: 2 instead of 1'],
  ['a branch that is left', { refs: 'refs/heads/main\nrefs/heads/change/3' }, ended('succeeded'), 'refs/heads/change/3 is left'],
  ['a work tree that is left', { worktrees: '/x (bare)\n/y abc' }, ended('succeeded'), '/y abc'],
  ['a damaged repository', { fsck: 'missing blob' }, ended('succeeded'), 'git fsck: Error: missing blob'],
  ['a good value that is held', { held: ['200', '150'] }, ended('succeeded'), 'whether it may not come again: true instead of false'],
  ['one taken back that nothing holds', { held: ['200'] }, ended('rolledBack'), 'whether it may not come again: false instead of true'],
  ['nothing done', {}, ended('unchanged'), 'it ended as unchanged'],
])('%s is said', async (_, world, end, said) => {
  expect(await judge(site(world), change(String(end['status']) === 'succeeded' ? '150' : '200'), end)).toContain(said);
});

test('main that says something else is said, too', async () => {
  expect(await judge(site(), change('200', '150'), ended('succeeded'))).toContain('what main says: 200 instead of 150');
});
