import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../../kit/problem.ts';
import { isDeclared, type Declared } from '../domain/declared.ts';

/** `synth/<environment>/journey.json` larger than this is not read: it is shown in a browser. */
const mostBytes = 8 * 1024 * 1024;
/** The pattern of the contract once more: a name that has passed it cannot leave the folder. */
const environmentName = /^[a-z][a-z0-9-]{0,62}$/;

export interface SynthFolder {
  /** The environments that have been synthesized, by name. */
  environments(): Promise<readonly string[]>;
  /**
   * The graph of one environment; read again when the file has changed. `null` when it has not been synthesized.
   * @throws Problem `internal` when the file is too large or no graph
   */
  declared(environment: string): Promise<Declared | null>;
}

/** @param folder holds `<environment>/journey.json`; relative to the working directory */
export function synthFolder(folder: string): SynthFolder {
  const cache = new Map<string, { readonly version: string; readonly declared: Declared }>();
  return {
    async environments() {
      const entries = await readdir(folder, { withFileTypes: true }).catch(absent);
      const names = (entries ?? []).filter((entry) => entry.isDirectory() && environmentName.test(entry.name)).map((entry) => entry.name);
      const graphs = await Promise.all(names.map((name) => open(join(folder, name, 'journey.json')).catch(absent)));
      await Promise.all(graphs.map((file) => file?.close()));
      return names.filter((_, i) => graphs[i] != null).sort();
    },
    async declared(environment) {
      if (!environmentName.test(environment)) return null;
      const path = join(folder, environment, 'journey.json');
      const file = await open(path).catch(absent);
      if (file === null) return null;
      try {
        const { size, mtimeMs, ino } = await file.stat();
        if (size > mostBytes) throw unusable(environment, `it is larger than ${String(mostBytes)} bytes`);
        const version = `${String(mtimeMs)} ${String(size)} ${String(ino)}`;
        const known = cache.get(environment);
        if (known?.version === version) return known.declared;
        const declared = parse(environment, await file.readFile('utf8'));
        cache.set(environment, { version, declared });
        return declared;
      } finally {
        await file.close();
      }
    },
  };
}

function parse(environment: string, text: string): Declared {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unusable(environment, 'it is not JSON', cause);
  }
  if (!isDeclared(value)) throw unusable(environment, 'it has no list of nodes with name and kind');
  return value;
}

function unusable(environment: string, why: string, cause?: unknown) {
  return problem('internal', `The graph of ${environment} (journey.json) cannot be used: ${why}.`, { fix: `Run ./journey synth ${environment}.`, cause });
}

/** Not there is an answer, not an error; anything else stays one. */
function absent(error: unknown): null {
  if (typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
  throw error;
}
