import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LocalPlan, LocalProcess } from '../../targets/local/plan.ts';
import { fixture, fixtureEnv, type Fixture } from './fixture.ts';
import type { Patience } from '../reconciler/rollout.ts';
import { folderOf } from '../runner/folder.ts';
import { startRunner, type Runner } from '../runner/runner.ts';

/** The fixture's checkout as a git repository, running, with a main that can be moved. */
export interface GitFixture extends Fixture {
  readonly runner: Runner;
  readonly lines: readonly string[];
  /** Writes files, commits them and moves main there. @returns the commit */
  push(files: Readonly<Record<string, string>>): string;
  /** A commit whose services are these: `[from, to]` replaced in the keeper's source. It is pushed, but main stays. */
  build(from: string, to: string): string;
  /** Moves main to a plan with this keeper. */
  want(change: Partial<LocalProcess>): string;
  readonly keeper: () => Promise<{ readonly pid: number; readonly url: string }>;
  stop(): Promise<void>;
}

const QUICK: Patience = { readyMs: 4000, steadyMs: 100, watchMs: 1500, blameMs: 60_000 };
const SOURCE = 'services/keeper/main.mjs';
const PLAN = 'synth/local/plan.json';

export async function gitFixture(more: Partial<LocalProcess> = {}): Promise<GitFixture> {
  const limited: LocalProcess['env'] = { LIMIT: { from: 'literal', value: '10', knob: 'limit' } };
  const one = fixture((process) => (process.name === 'keeper' ? { ...process, availability: 0.999, probes: { ...process.probes, metrics: '/metrics' }, env: { ...process.env, ...limited, INSTALLATION: { from: 'installation' } }, ...more } : process));
  const { root } = one;
  const engine = { name: 'engine', kind: 'engine', provider: 'embedded', override: 'ENGINE_URL' } as const;
  const model = { ...one.model, plan: { ...one.model.plan, backings: [...one.model.plan.backings, engine] } };
  const git = (...args: string[]) => execFileSync('git', ['-C', root, '-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args], { encoding: 'utf8' }).trim();
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'a change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q', '-b', 'main');
  write({ '.gitignore': '.journey/\nbuilds\nmigrates\n', 'package-lock.json': '{}\n', [PLAN]: JSON.stringify(model.plan, null, 2) });
  const folder = folderOf(root);
  const lines: string[] = [];
  const runner = await startRunner({ folder, model, env: fixtureEnv, signal: new AbortController().signal, tell: (line) => lines.push(line), patience: QUICK });
  if (!runner) throw new Error('another runner lives here');
  const plan = () => JSON.parse(git('show', `refs/remotes/live:${PLAN}`)) as LocalPlan;
  const toMain = (commit: string) => {
    git('push', '-q', '--force', folder.remote, `${commit}:refs/heads/main`);
    git('update-ref', 'refs/remotes/live', commit);
    return commit;
  };
  git('update-ref', 'refs/remotes/live', 'HEAD');
  const fixed: GitFixture = {
    ...one, model, runner, lines,
    push: (files) => toMain(write(files)),
    build(from, to) {
      const before = readFileSync(join(root, SOURCE), 'utf8');
      if (!before.includes(from)) throw new Error(`"${from}" is not in the service`);
      const commit = write({ [SOURCE]: before.replace(from, to) });
      write({ [SOURCE]: before });
      git('push', '-q', '--force', folder.remote, `${commit}:refs/heads/builds/${commit}`);
      return commit;
    },
    want(change) {
      const now = plan();
      const processes = now.processes.map((process) => (process.name === 'keeper' ? { ...process, ...change } : process));
      return fixed.push({ [PLAN]: JSON.stringify({ ...now, processes }, null, 2) });
    },
    async keeper() {
      const found = runner.state().processes.find(({ name }) => name === 'keeper');
      return { pid: found?.identity?.pid ?? 0, url: found?.urls['http'] ?? '' };
    },
    async stop() {
      await runner.stop();
      one.remove();
    },
  };
  return fixed;
}
