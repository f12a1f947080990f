import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { filesIn } from '../output-folder.ts';

const ROOT = process.cwd();
/** All that `./journey synth` and `check` read: the model, the policies, its targets, the command line, and of services their contracts and the kit. */
const PARTS = ['platform', 'policies', 'argocd', 'environments', 'services', 'dashboard/contract.ts', 'cdk8s.yaml', 'cdktf.json', 'package.json', '.gitignore'];

export interface Ran { readonly code: number; readonly out: string; readonly err: string }

/** A copy of the model in a folder and a git repository of its own, to be edited as a person would edit it. */
export interface ModelCheckout {
  readonly root: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  /** Replaces a piece of text that is there exactly once. */
  edit(path: string, from: string, to: string): Promise<void>;
  /** Paths that git sees as changed, added or gone; folders that are new as a whole end in `/`. */
  changed(): Promise<string[]>;
  commit(): Promise<void>;
  /** Back to the last commit. */
  restore(): Promise<void>;
  /** Path → text of everything below `synth/`. */
  rendered(): Promise<ReadonlyMap<string, string>>;
  remove(): Promise<void>;
}

/** @param name of the folder; may hold what paths may hold */
export async function modelCheckout(name: string): Promise<ModelCheckout> {
  const above = await mkdtemp(join(tmpdir(), 'journey-model-'));
  const root = join(above, name);
  await mkdir(join(root, 'dashboard'), { recursive: true });
  for (const part of PARTS) await cp(join(ROOT, part), join(root, part), { recursive: true, filter: (path) => wanted(relative(ROOT, path)) });
  // Of packages the link is enough; of our own sources it would not be: Node runs no .ts below node_modules.
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const git = (...args: string[]) => execute('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'core.excludesFile=/dev/null', ...args], root, {});
  await git('init', '-q', '-b', 'main');
  const checkout: ModelCheckout = {
    root,
    run: (args, env = {}) => execute(process.execPath, ['platform/cli/main.ts', ...args], root, { NODE_COMPILE_CACHE: join(above, 'compile-cache'), ...env }),
    read: (path) => readFile(join(root, path), 'utf8'),
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    async edit(path, from, to) {
      const parts = (await checkout.read(path)).split(from);
      if (parts.length !== 2) throw new Error(`"${from}" stands ${parts.length - 1} times in ${path}`);
      await writeFile(join(root, path), parts.join(to));
    },
    async changed() {
      const { out } = await git('status', '--porcelain', '-z');
      return out.split('\0').filter((line) => line !== '').map((line) => line.slice(3)).filter((path) => path !== 'node_modules').sort();
    },
    async commit() {
      await git('add', '-A', '--', '.', ':!node_modules');
      await git('commit', '-q', '-m', 'as it is');
    },
    async restore() {
      await git('checkout', '-q', '--', '.');
      await git('clean', '-qfd', '-e', 'node_modules');
    },
    async rendered() {
      const folder = join(root, 'synth');
      return new Map(await Promise.all(filesIn(folder).map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const)));
    },
    remove: () => rm(above, { recursive: true, force: true }),
  };
  return checkout;
}

/** No tests, no data; of services what the model and the command line may import: their contracts, and the kit. */
function wanted(path: string): boolean {
  if (/\.(?:test|suite)\.ts$/.test(path) || /^platform\/cli\/(?:[a-z]+\/)?test\/|^services\/kit\/test(?:\/|$)/.test(path) || path.includes('node_modules') || path.startsWith('policies/fixtures/')) return false;
  return !path.startsWith('services/') || /^services\/(?:kit(?:\/.+)?|[\w-]+(?:\/contract(?:\.ts|\/[\w-]+\.ts)?)?)$/.test(path);
}

function execute(file: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((resolve) => {
    const clean = { PATH: process.env['PATH'], HOME: '/nonexistent', NO_COLOR: '1', ...env };
    execFile(file, [...args], { cwd, env: clean, maxBuffer: 1 << 28 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
  });
}
