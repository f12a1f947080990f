import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The pattern of the contracts once more: a name that has passed it cannot leave the folder. */
export const environmentName = /^[a-z][a-z0-9-]{0,62}$/;

/** The environments that `./journey synth` has written into `folder`: those with a `journey.json`. */
export interface Environments {
  has(name: string): Promise<boolean>;
  /** By name, sorted. */
  names(): Promise<readonly string[]>;
}

/** @param folder relative to the working directory; read anew every time, since a release may bring another one */
export function environmentsIn(folder: string): Environments {
  const has = async (name: string): Promise<boolean> =>
    environmentName.test(name) && await access(join(folder, name, 'journey.json')).then(() => true, absent) === true;
  return {
    has,
    async names() {
      const names = await readdir(folder).catch(absent) ?? [];
      const known = await Promise.all(names.map(has));
      return names.filter((_, i) => known[i]).sort();
    },
  };
}

/** Not there is an answer, not an error; anything else stays one. */
export function absent(error: unknown): null {
  if (typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
  throw error;
}
