import { runGit } from '../../../services/kit/git.ts';
import { assertCommit } from '../../../services/kit/git-names.ts';
import { limits, tooMuch, type Tree, type TreeFile } from './tree.ts';

/** What a diff may ask for: rendered files, environments, and of the sources the lines that decide. */
const READ = ['synth', 'environments', 'platform/workloads', 'platform/knobs.ts', 'platform/backing.ts', 'services', 'dashboard/contract.ts'];
const SOURCE = /^(?:synth\/[^/]+\/.|environments\/|platform\/|services\/[^/]+\/contract(?:\.ts$|\/)|dashboard\/contract\.ts$)/s;

interface Entry { readonly mode: string; readonly object: string; readonly size: number }
/** Contents by object: two commits share most of them. */
export type Blobs = Map<string, TreeFile>;

/**
 * A commit as a tree. Files are read by object and never written: no path of a foreign commit touches the file system.
 * @param folder the git folder, absolute
 * @throws {CliError} exit 3 when it is larger than `limits`; {GitError} when git fails
 */
export async function commitTree(folder: string, commit: string, blobs: Blobs): Promise<Tree> {
  const { stdout } = await runGit(folder, ['ls-tree', '-r', '-z', '-l', '--full-tree', assertCommit(commit), '--', ...READ], { timeoutMs: limits.gitSeconds * 1000, maxBytes: 64 * 1_048_576 });
  const entries = new Map(stdout.toString('utf8').split('\0').flatMap(entryOf));
  if (entries.size > limits.files) tooMuch(`The tree of ${commit.slice(0, 12)} has ${entries.size} files.`, `${limits.files} files`);
  const bytes = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
  if (bytes > limits.treeBytes) tooMuch(`The tree of ${commit.slice(0, 12)} has ${Math.ceil(bytes / 1_048_576)} MiB.`, `${limits.treeBytes / 1_048_576} MiB`);
  return {
    marks: new Map([...entries].map(([path, { mode, object }]) => [path, `${mode} ${object}`])),
    async read(paths) {
      const wanted = paths.flatMap((path) => entries.get(path) ?? []);
      await load(folder, wanted.filter((one) => problemOf(one) === undefined && !blobs.has(one.object)), blobs);
      return new Map(paths.flatMap((path): [string, TreeFile][] => {
        const entry = entries.get(path);
        if (!entry) return [];
        const problem = problemOf(entry);
        return [[path, problem === undefined ? blobs.get(entry.object) ?? { problem: 'is not in the repository' } : { problem }]];
      }));
    },
  };
}

function entryOf(line: string): [string, Entry][] {
  const [, mode = '', object = '', size = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]{40}) +(\d+|-)\t(.+)$/s.exec(line) ?? [];
  return path !== '' && SOURCE.test(path) ? [[path, { mode, object, size: size === '-' ? 0 : Number(size) }]] : [];
}

function problemOf({ mode, size, object }: Entry): string | undefined {
  if (mode === '120000') return `is a link (${object.slice(0, 12)}): nothing follows it`;
  if (mode === '160000') return `is a submodule (${object.slice(0, 12)}): nothing follows it`;
  return size > limits.fileBytes ? `is larger than ${limits.fileBytes / 1_048_576} MiB (${object.slice(0, 12)})` : undefined;
}

/** One process for all of them (git-cat-file(1), BATCH OUTPUT). */
async function load(folder: string, entries: readonly Entry[], blobs: Blobs): Promise<void> {
  const objects = [...new Map(entries.map((one) => [one.object, one])).values()];
  if (objects.length === 0) return;
  const room = objects.reduce((sum, { size }) => sum + size + 100, 0);
  const { stdout } = await runGit(folder, ['cat-file', '--batch'], { input: objects.map(({ object }) => `${object}\n`).join(''), maxBytes: room, timeoutMs: limits.gitSeconds * 1000 });
  let at = 0;
  for (const { object } of objects) {
    const end = stdout.indexOf(0x0a, at);
    const [, size] = / blob (\d+)$/.exec(stdout.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (size === undefined) continue;
    blobs.set(object, decoded(stdout.subarray(at, at + Number(size)), object));
    at += Number(size) + 1;
  }
}

function decoded(bytes: Buffer, object: string): TreeFile {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: `is not UTF-8 (${object.slice(0, 12)})` };
  }
}
