import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PATH, readObjects } from './git.ts';
import { seenIn, straceArguments, type Seen } from './strace.ts';
import type { World } from './world.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Absent where there is no strace. */
  readonly seen: Seen | undefined;
}

/** Runs `./journey propose --json` over an input, watched, with secrets and traps in its environment. */
export async function runWatched(world: World, input: string | Buffer, watched: boolean, number: number): Promise<Ran> {
  const [traces, cwd] = [join(world.folder, `traces-${number}`), join(world.folder, 'elsewhere')];
  for (const folder of [traces, cwd]) mkdirSync(folder, { recursive: true });
  const command = [process.execPath, join(world.root, 'platform/cli/main.ts'), 'propose', '--json'];
  const [file = '', ...args] = watched ? ['strace', ...straceArguments(traces), ...command] : command;
  const child = spawn(file, args, { cwd, env: environmentOf(world), stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said.out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said.err += text; });
  // It may stop reading before everything was written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const seen = watched ? await seenIn(traces, cwd) : undefined;
  rmSync(traces, { recursive: true });
  return { code, ...said, seen };
}

/** What a service might hold, and every variable by which git starts programs (git(1)). */
function environmentOf({ canary, trap, folder }: World): Record<string, string> {
  return {
    PATH, HOME: join(folder, 'elsewhere'), LANG: 'C.UTF-8',
    DATABASE_URL: `postgres://deployment:${canary}@127.0.0.1:5432/deployments`, GITHUB_TOKEN: canary, WORKLOAD_KEY: canary,
    GIT_SSH_COMMAND: trap, GIT_EXTERNAL_DIFF: trap, GIT_PAGER: trap, PAGER: trap, GIT_EDITOR: trap, EDITOR: trap, GIT_ASKPASS: trap, GIT_PROXY_COMMAND: trap, GIT_TRACE: join(folder, 'sprung'),
    GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.fsmonitor', GIT_CONFIG_VALUE_0: trap, GIT_CONFIG_PARAMETERS: `'core.pager=${trap}'`, GIT_DIR: '/etc', GIT_WORK_TREE: '/etc', GIT_INDEX_FILE: join(folder, 'sprung'), GIT_ALTERNATE_OBJECT_DIRECTORIES: '/etc',
  };
}

/** `mode object path` of everything that a commit has otherwise than another. */
export const changesOf = (world: World, repository: string, from: string, to: string): readonly string[] =>
  readObjects(world.repository, repository, ['diff-tree', '-r', '--no-renames', '--no-ext-diff', from, to]).split('\n').filter((line) => line !== '').map((line) => line.replace(/^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) \w+\t/, '$1 $2 '));
