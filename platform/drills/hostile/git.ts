import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

/** Where everything that the drill starts looks for programs. */
export const PATH = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;

export interface GitOptions {
  readonly input?: string | Buffer;
  readonly index?: string;
  /** A folder of objects that is not that of the git folder. */
  readonly objects?: string;
  readonly cwd?: string;
}

/** Git as the drill uses it to build its world: without the person's settings. @returns what it said, without the last line break */
export function git(args: readonly string[], { input = '', index, objects, cwd = '/' }: GitOptions = {}): string {
  const settings = ['user.name=drill', 'user.email=drill@example.com', 'core.excludesFile=/dev/null', 'core.hooksPath=/dev/null', 'safe.directory=*', 'gc.auto=0'];
  return execFileSync('git', [...settings.flatMap((one) => ['-c', one]), ...args], {
    cwd, input, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C', ...(index === undefined ? {} : { GIT_INDEX_FILE: index }), ...(objects === undefined ? {} : { GIT_OBJECT_DIRECTORY: objects }) },
  }).replace(/\n$/, '');
}

/** Reads objects of a repository whose settings an enemy wrote, with the settings of one that is ours. */
export const readObjects = (ours: string, repository: string, args: readonly string[]): string => git([`--git-dir=${ours}`, ...args], { objects: `${repository}/objects` });
