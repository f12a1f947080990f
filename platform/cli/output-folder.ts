import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is to be in a folder: path (forward slashes) → text. */
export type Texts = ReadonlyMap<string, string>;
export interface Difference {
  readonly path: string;
  /** What the folder's file is, compared with what it should be. */
  readonly status: 'missing' | 'extra' | 'different';
}
export interface Written { readonly written: number; readonly removed: number; readonly unchanged: number }

/** How a folder differs from what is to be in it, by path. */
export function differencesOf(folder: string, texts: Texts): Difference[] {
  const present = new Set(filesIn(folder));
  const wanted = [...texts].flatMap(([path, text]): Difference[] => {
    if (!present.has(path)) return [{ path, status: 'missing' }];
    return readFileSync(join(folder, path), 'utf8') === text ? [] : [{ path, status: 'different' }];
  });
  const extra = [...present].filter((path) => !texts.has(path)).map((path): Difference => ({ path, status: 'extra' }));
  return [...wanted, ...extra].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Makes a folder hold exactly these files. A new folder appears at once and whole; in an old one each file is replaced
 * by a rename, so that a crash leaves every file either as it was or as it is to be, and those that are right untouched.
 * @param scratch an unused path on the same file system
 */
export function writeFolder(folder: string, texts: Texts, scratch: string): Written {
  try {
    return existsSync(folder) ? update(folder, texts, scratch) : create(folder, texts, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function create(folder: string, texts: Texts, scratch: string): Written {
  const made = new Set<string>();
  for (const [path, text] of texts) writeInto(scratch, path, text, made);
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(scratch, { recursive: true });
  renameSync(scratch, folder);
  return { written: texts.size, removed: 0, unchanged: 0 };
}

function update(folder: string, texts: Texts, scratch: string): Written {
  const differences = differencesOf(folder, texts);
  const made = new Set<string>();
  const wrong = differences.filter(({ status }) => status !== 'extra');
  for (const { path } of wrong) writeInto(scratch, path, texts.get(path) ?? '', made);
  const extra = differences.filter(({ status }) => status === 'extra');
  // First: a file may stand where a folder is to be.
  for (const { path } of extra) remove(folder, path);
  for (const { path } of wrong) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    renameSync(join(scratch, path), join(folder, path));
  }
  return { written: wrong.length, removed: extra.length, unchanged: texts.size - wrong.length };
}

function writeInto(folder: string, path: string, text: string, made: Set<string>): void {
  const target = join(folder, path);
  const parent = dirname(target);
  if (!made.has(parent)) mkdirSync(parent, { recursive: true });
  made.add(parent);
  writeFileSync(target, text);
}

/** Removes a file and the folders that it leaves empty. */
function remove(folder: string, path: string): void {
  rmSync(join(folder, path));
  for (let at = dirname(path); at !== '.' && readdirSync(join(folder, at)).length === 0; at = dirname(at)) rmdirSync(join(folder, at));
}

/** Paths of all files below a folder, sorted; none when it is not there. */
export function filesIn(folder: string, below = ''): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(folder, `${below}${entry.name}/`) : [`${below}${entry.name}`]))
    .sort();
}
