import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { steps } from './steps.ts';

interface Step { readonly name?: string; readonly id?: string; readonly uses?: string; readonly run?: string; readonly if?: string; readonly with?: Readonly<Record<string, unknown>>; readonly env?: Readonly<Record<string, string>> }
interface Job { readonly permissions?: Readonly<Record<string, string>>; readonly 'timeout-minutes'?: number; readonly if?: string; readonly needs?: string | readonly string[]; readonly steps: readonly Step[] }
interface Workflow { readonly on: unknown; readonly permissions: unknown; readonly concurrency: unknown; readonly jobs: Readonly<Record<string, Job>> }

const text = readFileSync('.github/workflows/pull-request.yaml', 'utf8');
const workflow = parse(text) as Workflow;
const jobs = Object.entries(workflow.jobs);
const all = jobs.flatMap(([, { steps: own }]) => own);
const stepOf = (job: string, id: string) => all.find((step) => workflow.jobs[job]?.steps.includes(step) === true && (step.id === id || step.name === id));

describe('it runs what green means', () => {
  const tested = all.flatMap(({ run = '' }) => run.split('\n')).filter((line) => /^\s*\.\/journey test\b/.test(line));
  const words = (line: string) => [...line.replace('./journey test', '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

  test('every step of `./journey test --list`, once, and no other', () => {
    expect(tested.flatMap(words).filter((word) => word !== '--no-skip').toSorted()).toEqual(steps.map((step) => step.name).toSorted());
  });

  test('and skips nothing; coverage reads what the unit tests of the same machine wrote', () => {
    for (const line of tested) expect(words(line)).toContain('--no-skip');
    expect(tested.map((line) => words(line).slice(0, -1))).toContainEqual(['unit and HTTP tests', 'coverage']);
  });

  test('a step that fails hides none of those after it, and the last job sees every other', () => {
    for (const [name, { steps: own }] of jobs) {
      const checks = own.filter(({ run = '' }) => run.startsWith('./journey test'));
      for (const later of checks.slice(1)) expect([name, later.name, later.if]).toEqual([name, later.name, '${{ !cancelled() }}']);
    }
    const testing = jobs.filter(([, job]) => job.steps.some(({ run = '' }) => run.startsWith('./journey test'))).map(([name]) => name);
    expect(workflow.jobs['green']).toMatchObject({ needs: testing, if: '${{ always() }}' });
  });

  test.each([['success success', 0], ['success failure', 1], ['skipped', 1], ['cancelled success', 1]])('results %j end with %i', (results, code) => {
    const { run = '' } = workflow.jobs['green']?.steps[0] ?? {};
    expect(bash(run, { RESULTS: results })).toBe(code);
  });
});

describe('it gives away nothing', () => {
  test('it runs for pull requests, by no trigger that hands a stranger a token', () => {
    expect(workflow.on).toEqual({ pull_request: null });
    expect(workflow.concurrency).toEqual({ group: 'pull-request-${{ github.event.pull_request.number }}', 'cancel-in-progress': true });
  });

  test('nothing is permitted but reading, and writing one comment to a job that runs no code of the change', () => {
    expect(workflow.permissions).toEqual({});
    const asked = Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]));
    const read = { contents: 'read' };
    expect(asked).toEqual({ source: read, tests: read, manifests: read, 'end-to-end': read, diff: read, audit: read, green: {}, comment: { 'pull-requests': 'write' } });
    expect(workflow.jobs['comment']?.steps.map(({ uses = '', run }) => [uses.split('@')[0], run])).toEqual([['actions/github-script', undefined]]);
  });

  test('actions are pinned by commit and say their version; each checkout forgets the token; each job ends', () => {
    const used = [...text.matchAll(/uses: (.*)$/gm)].map(([, what = '']) => what);
    expect(used).toHaveLength(all.filter(({ uses }) => uses !== undefined).length);
    for (const one of used) expect(one).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const step of all.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))) expect(step.with?.['persist-credentials']).toBe(false);
    for (const [name, job] of jobs) expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
  });

  test('no script holds an expression: what a stranger wrote is never part of a program', () => {
    for (const { run = '', with: given = {} } of all) expect(`${run}${String(given['script'] ?? '')}`).not.toContain('${{');
  });
});

describe('what is held', () => {
  const [fetching, asking] = ['record', 'nothing comes again that was taken back'].map((id) => stepOf('manifests', id)?.run ?? '');
  let [folder, origin, work] = ['', '', ''];
  const git = (at: string, ...args: readonly string[]) => execFileSync('git', ['-C', at, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'held '));
    [origin, work] = [join(folder, 'origin'), join(folder, 'work')];
    execFileSync('git', ['init', '--quiet', origin]);
    for (const message of ['base', 'merge']) git(origin, 'commit', '--allow-empty', '--no-verify', '--no-gpg-sign', '-m', message);
    git(folder, 'clone', '--quiet', '--depth=2', `file://${origin}`, work);
    writeFileSync(join(work, 'journey'), '#!/bin/sh\n[ "$*" = "holds $(git rev-parse HEAD~1)..$(git rev-parse HEAD) --repository ." ]\n');
    chmodSync(join(work, 'journey'), 0o755);
  });
  afterAll(() => { rmSync(folder, { recursive: true }); });

  test('none, until there is a record; then the newest of it', () => {
    expect(bash(fetching ?? '', { TOKEN: 'x' }, work)).toBe(0);
    expect(git(work, 'for-each-ref', 'refs/journey')).toBe('');
    for (const _ of [1, 2]) {
      git(origin, 'update-ref', 'refs/journey/holds', git(origin, 'commit-tree', 'HEAD^{tree}', '-m', `held ${Math.random()}`));
      expect(bash(fetching ?? '', { TOKEN: 'x' }, work)).toBe(0);
      expect(git(work, 'rev-parse', 'refs/journey/holds')).toBe(git(origin, 'rev-parse', 'refs/journey/holds'));
    }
  });

  test('of what the merge brings', () => {
    expect(bash(asking ?? '', {}, work)).toBe(0);
  });

  test('a record that cannot be fetched is no empty one', () => {
    git(work, 'remote', 'set-url', 'origin', `file://${folder}/nowhere`);
    expect(bash(fetching ?? '', { TOKEN: 'x' }, work)).not.toBe(0);
  });
});

describe('the text of the comment', () => {
  const { run = '' } = stepOf('diff', 'diff') ?? {};
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'diff '));
    const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { stdio: 'ignore' });
    git('init');
    for (const message of ['base', 'merge']) git('commit', '--allow-empty', '--no-verify', '--no-gpg-sign', '-m', message);
    writeFileSync(join(folder, 'journey'), '#!/bin/sh\n[ "$1" = diff ] && [ "$(git rev-parse HEAD~1)..$(git rev-parse HEAD)" = "$2" ] || exit 9\ncat text\n');
    chmodSync(join(folder, 'journey'), 0o755);
  });
  afterAll(() => { rmSync(folder, { recursive: true }); });

  /** Runs the script; answers what the next job is given, and the summary. */
  function said(markdown: string): { readonly output: string; readonly summary: string } {
    const [output, summary] = ['output', 'summary'].map((name) => join(folder, name));
    for (const file of [output, summary]) writeFileSync(file ?? '', '');
    writeFileSync(join(folder, 'text'), markdown);
    expect(bash(run, { RUNNER_TEMP: folder, GITHUB_OUTPUT: output ?? '', GITHUB_STEP_SUMMARY: summary ?? '' }, folder)).toBe(0);
    const [, end, value] = /^markdown<<(\w{40})\n([\s\S]*)\n\1\n$/.exec(readFileSync(output ?? '', 'utf8')) ?? [];
    expect(value?.split('\n')).not.toContain(end);
    return { output: value ?? '', summary: readFileSync(summary ?? '', 'utf8') };
  }

  test('is what the diff of the merge says, in the summary too, and cannot end its own output', () => {
    const hostile = 'replicas 2 → 3\nmarkdown<<EOF\nEOF\n::set-output name=x::y\n$(touch /tmp/x) `id`';
    expect(said(hostile)).toEqual({ output: hostile, summary: hostile });
  });

  test('is cut at the end of a line where it is too long, and says so first', () => {
    const long = `${'änderung '.repeat(12)}\n`.repeat(1000);
    const { output, summary } = said(long);
    expect(summary).toBe(long);
    expect(Buffer.byteLength(output)).toBeLessThan(60_200);
    const [first, ...rest] = output.split('\n').filter((line) => line !== '');
    expect(first).toMatch(/Too long for a comment/);
    expect([...new Set(rest)]).toEqual([long.split('\n')[0]]);
  });
});

describe('the comment', () => {
  const { script = '' } = (workflow.jobs['comment']?.steps[0]?.with ?? {}) as { readonly script?: string };
  const marker = '<!-- request-journey-diff -->';
  const bot = { login: 'github-actions[bot]' };

  /** Runs the script against a fake of what actions/github-script gives it. */
  async function post(comments: readonly object[], env: Readonly<Record<string, string>> = { MARKDOWN: 'replicas 2 → 3\n', RESULT: 'success', RUN: 'https://example.com/run' }) {
    const [createComment, updateComment, paginate] = [jest.fn(), jest.fn(), jest.fn(async (..._asked: unknown[]) => comments)];
    const github = { paginate, rest: { issues: { createComment, updateComment, listComments: 'list' } } };
    const context = { repo: { owner: 'o', repo: 'r' }, payload: { pull_request: { number: 7 } } };
    const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
    await (new AsyncFunction('github', 'context', 'process', script) as unknown as (...given: unknown[]) => Promise<void>)(github, context, { env });
    expect(paginate).toHaveBeenCalledWith('list', { owner: 'o', repo: 'r', issue_number: 7, per_page: 100 });
    return { created: createComment.mock.calls, updated: updateComment.mock.calls };
  }

  test('is written once', async () => {
    expect(await post([{ id: 1, user: bot, body: 'another' }])).toEqual({ created: [[{ owner: 'o', repo: 'r', issue_number: 7, body: `${marker}\nreplicas 2 → 3\n` }]], updated: [] });
  });

  test('then written over, and left alone where it says the same', async () => {
    expect(await post([{ id: 5, user: bot, body: `${marker}\nold` }])).toEqual({ created: [], updated: [[{ owner: 'o', repo: 'r', comment_id: 5, body: `${marker}\nreplicas 2 → 3\n` }]] });
    expect(await post([{ id: 5, user: bot, body: `${marker}\nreplicas 2 → 3\n` }])).toEqual({ created: [], updated: [] });
  });

  test('is never somebody else\'s, even with our marker', async () => {
    expect((await post([{ id: 6, user: { login: 'mallory' }, body: marker }, { id: 7, user: null, body: marker }, { id: 8, user: bot }])).created).toHaveLength(1);
  });

  test('says where to look when there is no diff', async () => {
    const { updated } = await post([{ id: 5, user: bot, body: `${marker}\nold` }], { MARKDOWN: '', RESULT: 'failure', RUN: 'https://example.com/run' });
    expect(updated).toMatchObject([[{ body: `${marker}\nWhat this changes could not be told: [see the run](https://example.com/run).\n` }]]);
  });

  test('is not tried where a fork has no right to write', () => {
    expect(workflow.jobs['comment']?.if).toBe('${{ !cancelled() && github.event.pull_request.head.repo.full_name == github.repository }}');
  });
});

/** As GitHub runs `shell: bash`. @returns its exit code */
function bash(script: string, env: Readonly<Record<string, string>>, cwd = process.cwd()): number {
  try {
    execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
    return 0;
  } catch (error) {
    return (error as { readonly status: number }).status;
  }
}
