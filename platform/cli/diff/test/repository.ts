import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file, a link (mode 120000) or a submodule (160000). */
export type Content = string | Buffer | { readonly link: string } | { readonly submodule: string };
/** A bare repository in a folder of its own, filled by git fast-import: no file of a hostile tree is ever on disk. */
export interface Repository {
  readonly folder: string;
  /** Makes a commit of exactly these files, on a branch. Returns the commit. */
  commit(branch: string, files: ReadonlyMap<string, Content>): Promise<string>;
  remove(): Promise<void>;
}

export async function repository(): Promise<Repository> {
  const folder = join(await mkdtemp(join(tmpdir(), 'journey-diff-')), 'it.git');
  await git(folder, ['init', '-q', '--bare', '-b', 'main', folder]);
  return {
    folder,
    async commit(branch, files) {
      await git(folder, ['fast-import', '--quiet', '--force', '--done'], streamOf(branch, files));
      return (await git(folder, ['rev-parse', `refs/heads/${branch}`])).trim();
    },
    remove: () => rm(join(folder, '..'), { recursive: true, force: true }),
  };
}

function streamOf(branch: string, files: ReadonlyMap<string, Content>): Buffer {
  const data = (bytes: Buffer) => [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
  const head = Buffer.from(`commit refs/heads/${branch}\ncommitter test <test@example.com> 1700000000 +0000\n`);
  const parts = [...files].flatMap(([path, content]) => {
    const name = JSON.stringify(path).replaceAll(/[\u0080-\uffff]/g, (c) => [...Buffer.from(c)].map((byte) => `\\${byte.toString(8)}`).join(''));
    if (typeof content === 'object' && 'submodule' in content) return [Buffer.from(`M 160000 ${content.submodule} ${name}\n`)];
    const [mode, bytes] = typeof content === 'object' && 'link' in content ? ['120000', Buffer.from(content.link)] as const : ['100644', Buffer.from(content)] as const;
    return [Buffer.from(`M ${mode} inline ${name}\n`), ...data(bytes)];
  });
  return Buffer.concat([head, ...data(Buffer.from('as it is')), ...parts, Buffer.from('done\n')]);
}

function git(folder: string, args: readonly string[], input?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [`--git-dir=${folder}`, ...args], { env: { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' } });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`git ${args[0]}: ${err}`))));
    child.stdin.end(input);
  });
}
