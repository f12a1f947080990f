import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { filesIn } from '../../cli/output-folder.ts';
import { objectsIn } from './objects.ts';

/** At most so many files are read back; they are spread over the whole tree. */
const SAMPLE = 100;

export interface Compared { readonly files: number; readonly compared: number }

/** Both folders hold the same files with the same content, however it is written. @throws {Error} naming the first file that differs */
export function sameContents(ours: string, theirs: string): Compared {
  const [mine, other] = [filesIn(ours), filesIn(theirs)];
  if (!isDeepStrictEqual(mine, other)) throw new Error(`The sides wrote different files: ${mine.length} and ${other.length}.`);
  const step = Math.max(1, Math.ceil(mine.length / SAMPLE));
  const sample = mine.filter((_, index) => index % step === 0);
  for (const path of sample) {
    const [left, right] = [ours, theirs].map((folder) => objectsIn(path, readFileSync(join(folder, path), 'utf8')));
    if (!isDeepStrictEqual(left, right)) throw new Error(`The sides wrote different contents into ${path}.`);
  }
  return { files: mine.length, compared: sample.length };
}
