import { readdirSync, readFileSync } from 'node:fs';

/**
 * Proportional set size in MiB of processes and all their descendants (proc(5), `smaps_rollup`): a page that n processes
 * share counts 1/n for each, so that sums are true. Empty where there is no /proc.
 */
export function memoryOf(roots: readonly number[], proc = '/proc'): ReadonlyMap<number, number> {
  const parents = parentsOf(proc);
  const owner = (pid: number, root: readonly number[]): number | undefined => {
    for (let one: number | undefined = pid; one !== undefined && one > 1; one = parents.get(one)) if (root.includes(one)) return one;
    return undefined;
  };
  const sums = new Map<number, number>();
  for (const pid of parents.keys()) {
    const root = owner(pid, roots);
    const size = root === undefined ? undefined : pssOf(text(`${proc}/${pid}/smaps_rollup`));
    if (root !== undefined && size !== undefined) sums.set(root, (sums.get(root) ?? 0) + size);
  }
  return sums;
}

function parentsOf(proc: string): Map<number, number> {
  const parents = new Map<number, number>();
  let names: string[] = [];
  try {
    names = readdirSync(proc).filter((name) => /^\d+$/.test(name));
  } catch {
    return parents;
  }
  for (const name of names) {
    const stat = text(`${proc}/${name}/stat`);
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  return parents;
}

function pssOf(rollup: string): number | undefined {
  const kib = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
  return kib === undefined ? undefined : Number(kib) / 1024;
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
