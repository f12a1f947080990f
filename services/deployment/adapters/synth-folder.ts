import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { absent, environmentName, environmentsIn } from '../../kit/environments.ts';
import { problem } from '../../kit/problem.ts';
import { isDeclared, type Declared } from '../domain/declared.ts';

/** `synth/<environment>/journey.json` larger than this is not read: it is shown in a browser. */
const mostBytes = 8 * 1024 * 1024;

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
  const known = environmentsIn(folder);
  return {
    environments: () => known.names(),
    async declared(environment) {
      if (!environmentName.test(environment)) return null;
      const path = join(folder, environment, 'journey.json');
      const file = await open(path).catch(absent);
      if (file === null) return null;
      try {
        const { size, mtimeMs, ino } = await file.stat();
        if (size > mostBytes) throw unusable(environment, `it is larger than ${String(mostBytes)} bytes`);
        const version = `${String(mtimeMs)} ${String(size)} ${String(ino)}`;
        const kept = cache.get(environment);
        if (kept?.version === version) return kept.declared;
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
