import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeBuilt } from '../cli/green/built.ts';
import { makeCheckout } from '../cli/green/checkout.ts';
import { lettersIn, lettersOfChanges } from './letters.ts';
import { openPerson, type Person } from './person.ts';

export interface Ran { readonly code: number; readonly out: string; readonly err: string }
export interface Process { readonly name: string; readonly pid: number | null; readonly health: string; readonly release: string; readonly urls: Readonly<Record<string, string>> }

/** A checkout of its own with everything running, two people, and a remote that can be pushed to. */
export interface Site {
  readonly folder: string;
  /** Where the gateway answers. */
  readonly gateway: string;
  /** Runs `./journey …` as a person would. */
  journey(args: readonly string[], input?: string): Promise<Ran>;
  /** Starts it again after its runner was killed. */
  up(): Promise<void>;
  status(): Promise<{ readonly runner: number; readonly processes: readonly Process[] }>;
  /** The command line's own account, an operator, and the administrator. */
  readonly operator: Person;
  readonly admin: Person;
  readonly adminPassword: string;
  git(...args: readonly string[]): string;
  /** The tip of main of the remote. */
  main(): string;
  /** A commit on top of main with what `change` does to the files of a folder, pushed as a branch; main stays. Not in the checkout: that runs. */
  commit(change: (folder: string) => void, message: string): string;
  /** Moves main of the remote to a commit, as somebody who pushes does. */
  push(commit: string): void;
  /** How many mails told how a change ended; an alert's name no request. */
  mailsOfChanges(): number;
  /** The text of every mail whose text holds all of these. */
  mailsWith(...words: readonly string[]): readonly string[];
  close(): Promise<void>;
}

/** @throws {Error} with what `up` said when it does not come up */
export async function openSite(root: string, tell: (line: string) => void): Promise<Site> {
  const { folder, remove } = makeCheckout(root, 'drills');
  takeBuilt(root, folder);
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=Drill', '-c', 'user.email=drill@journey.local', '-c', 'commit.gpgsign=false', ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).trim();
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'The work tree as it is');
  const remote = join(folder, '.journey', 'remote.git');
  const journey = (args: readonly string[], input = '') => run(folder, args, input);
  tell('starting a site of its own (a build of the pages takes half a minute)');
  const first = await journey(['up', '--detach']);
  if (first.code !== 0) {
    await journey(['down']);
    throw new Error(`./journey up ended with ${first.code}: ${first.err.slice(-1500)}`);
  }
  const adminPassword = /password (\S+)/.exec(first.out + first.err)?.[1] ?? '';
  const status = async () => {
    const seen = JSON.parse((await journey(['status', '--json'])).out || '{}') as { readonly runner?: { readonly pid: number }; readonly processes?: readonly Process[] };
    return { runner: seen.runner?.pid ?? 0, processes: seen.processes ?? [] };
  };
  const gateway = (await status()).processes.find(({ name }) => name === 'gateway')?.urls['http'] ?? '';
  const own = JSON.parse(readFileSync(join(folder, '.journey', 'credentials.json'), 'utf8')) as { readonly name: string; readonly password: string };
  const data = join(folder, '.journey', 'data');
  const main = () => git('--git-dir', remote, 'rev-parse', 'refs/heads/main');
  return {
    folder, gateway, journey, status, git, main, adminPassword,
    operator: openPerson(gateway, own), admin: openPerson(gateway, { name: 'admin@journey.local', password: adminPassword }),
    async up() {
      const again = await journey(['up', '--detach']);
      if (again.code !== 0) throw new Error(`./journey up ended with ${again.code}: ${again.err.slice(-1500)}`);
    },
    commit(change, message) {
      const work = join(folder, '..', 'work');
      if (!existsSync(work)) git('clone', '-q', '--no-checkout', remote, work);
      const inside = (...args: readonly string[]) => git('-C', work, ...args);
      inside('fetch', '-q', 'origin', 'main');
      inside('checkout', '-q', '--force', '--detach', 'FETCH_HEAD');
      change(work);
      inside('add', '-A');
      inside('commit', '-q', '-m', message);
      const made = inside('rev-parse', 'HEAD');
      inside('push', '-q', 'origin', `${made}:refs/heads/drills/${made.slice(0, 12)}`);
      return made;
    },
    push(commit) {
      git('--git-dir', remote, 'update-ref', 'refs/heads/main', commit);
    },
    mailsOfChanges: () => lettersOfChanges(data).length,
    mailsWith: (...words) => lettersIn(data).filter((text) => words.every((word) => text.includes(word))),
    async close() {
      await journey(['down']);
      rmSync(join(folder, '..', 'work'), { recursive: true, force: true });
      remove();
    },
  };
}

function run(folder: string, args: readonly string[], input: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('./journey', args, { cwd: folder, env: { PATH: process.env['PATH'], HOME: '/nonexistent', NO_COLOR: '1' }, stdio: ['pipe', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, out, err }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
