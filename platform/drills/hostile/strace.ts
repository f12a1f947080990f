import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** System calls that start programs, make connections, or change what is on the disk (strace(1)). */
const CALLS = [
  'execve', 'execveat', 'chdir', 'fchdir', 'clone', 'clone3', 'fork', 'vfork', 'connect', 'bind', 'open', 'openat', 'openat2', 'creat', 'mkdir', 'mkdirat', 'rename', 'renameat', 'renameat2',
  'link', 'linkat', 'symlink', 'symlinkat', 'unlink', 'unlinkat', 'rmdir', 'truncate', 'chmod', 'fchmodat', 'chown', 'lchown', 'fchownat', 'utimensat', 'mknod', 'mknodat', 'mount', 'ptrace',
];
/** `-ff`: a file per process, so that no two lines are mixed. `-y`: descriptors with their paths, links resolved. */
export const straceArguments = (folder: string): readonly string[] =>
  ['-ff', '--seccomp-bpf', '-qq', '-y', '-s', '4096', '-e', `trace=${CALLS.join(',')}`, '-e', 'signal=none', '-o', join(folder, 'trace')];

export interface Seen {
  /** Absolute paths of programs that were started. */
  readonly programs: readonly string[];
  /** Absolute paths that were made, changed or removed. */
  readonly written: readonly string[];
  readonly read: readonly string[];
  /** Calls that no proposal needs: connections, mounts, other processes' memory. */
  readonly others: readonly string[];
}

interface Call { readonly name: string; readonly args: string; readonly result: string }

/** What the traces in a folder say. @param cwd of the first process */
export async function seenIn(folder: string, cwd: string): Promise<Seen> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('trace.'));
  const traces = new Map(await Promise.all(files.map(async (name) => [name.slice('trace.'.length), callsIn(await readFile(join(folder, name), 'utf8'))] as const)));
  const seen = { programs: new Set<string>(), written: new Set<string>(), read: new Set<string>(), others: new Set<string>() };
  const children = new Set([...traces.values()].flatMap((calls) => calls.flatMap((call) => childOf(call) ?? [])));
  const follow = (process: string, start: string): void => {
    let at = start;
    for (const call of traces.get(process) ?? []) {
      const child = childOf(call);
      if (child !== undefined) follow(child, at);
      else if (call.name === 'chdir' && succeeded(call)) at = resolve(at, textsIn(call.args)[0] ?? '');
      else note(seen, call, at);
    }
  };
  for (const process of traces.keys()) if (!children.has(process)) follow(process, cwd);
  return { programs: [...seen.programs], written: [...seen.written], read: [...seen.read], others: [...seen.others] };
}

/** `openat(AT_FDCWD</>, "/dev/null", O_RDWR) = 3</dev/null>`; a line that is no call says how the process ended. */
function callsIn(text: string): Call[] {
  return text.split('\n').flatMap((line): Call[] => {
    const [, name = '', args = '', result = ''] = /^(\w+)\((.*)\) += (.*)$/.exec(line) ?? /^(\w+)\((.*?)(?: <unfinished \.\.\.>)?()$/.exec(line) ?? [];
    return name === '' ? [] : [{ name, args, result }];
  });
}

const childOf = ({ name, result }: Call): string | undefined => (/^(?:clone3?|v?fork)$/.test(name) ? /^(\d+)/.exec(result)?.[1] : undefined);
const succeeded = ({ result }: Call): boolean => !result.startsWith('-1');
const WRITES = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)\b/;

function note(seen: Readonly<Record<keyof Seen, Set<string>>>, call: Call, cwd: string): void {
  const { name, args, result } = call;
  if (name.startsWith('execve')) return void seen.programs.add(resolve(cwd, textsIn(args)[0] ?? ''));
  if (/^(?:connect|bind|mount|ptrace|mknod|mknodat|fchdir)$/.test(name)) return void seen.others.add(`${name}(${args.slice(0, 200)})`);
  // What was tried and refused by the system changed nothing; what was tried outside is told all the same.
  if (/^(?:open|openat|openat2|creat)$/.test(name)) {
    const path = /^\d+<(.+)>/.exec(result)?.[1] ?? resolve(folderIn(args) ?? cwd, textsIn(args)[0] ?? '');
    const writes = name === 'creat' || WRITES.test(args);
    return void (writes ? seen.written : succeeded(call) ? seen.read : undefined)?.add(path);
  }
  const paths = /^(?:symlink|symlinkat)$/.test(name) ? textsIn(args).slice(1) : textsIn(args);
  for (const path of paths) seen.written.add(resolve(folderIn(args) ?? cwd, path));
}

/** `AT_FDCWD</work>` or `5</work>`: what a relative path starts from. */
const folderIn = (args: string): string | undefined => /^(?:[^"]*, )?(?:AT_FDCWD|\d+)<([^>]+)>/.exec(args)?.[1];

/** The strings of a call, with strace's escapes (as in C) read back. */
function textsIn(args: string): string[] {
  return [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replaceAll(/\\(?:([0-7]{1,3})|x([0-9a-f]{2})|(.))/g, (_, octal?: string, hex?: string, letter?: string) =>
    octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8)) : hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : ({ n: '\n', t: '\t', r: '\r' })[letter ?? ''] ?? letter ?? ''));
}

/** Is a program this Node, git where the kit looks for it, or one of git's own helpers? */
export function isAllowedProgram(path: string): boolean {
  return path === process.execPath || /^(?:\/usr\/local\/bin|\/usr\/bin|\/bin|\/opt\/homebrew\/bin|\/run\/current-system\/sw\/bin)\/git$|^(?:\/usr\/lib|\/usr\/libexec)\/git-core\/git[\w-]*$/.test(path);
}
