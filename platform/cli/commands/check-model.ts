import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ARGOCD } from '../../../argocd/folder.ts';
import type { Finding } from '../../../policies/evaluate.ts';
import type { Known } from '../../../policies/read.ts';
import { CliError } from '../command.ts';
import type { Model } from '../model.ts';

/** What the model says about names, or the findings that say why it says nothing. */
export interface Asked { readonly known: Known; readonly findings: readonly Finding[] }
export type Load = (root: string) => Promise<Model>;

/**
 * Asks the model what must be there. A model that cannot be read is a finding and does not hide the others: without it
 * nobody knows which environment people depend on, nor which must exist.
 */
export async function askModel(root: string, paths: readonly string[], everything: boolean, load: Load): Promise<Asked> {
  // somebody else's release files (fixtures, another platform) name other workloads
  const releases = everything || paths.some((p) => p === '.' || p.startsWith('environments'));
  const missing = releases ? await missingReleases(root) : [];
  try {
    const { platform, environments } = await load(root);
    const all = [...environments.values()];
    return {
      findings: missing,
      known: {
        workloads: releases ? Object.keys(platform.workloads) : [],
        environments: new Map(all.map((e) => [e.name, { production: e.kind === 'production', declaredAt: e.declaredAt }])),
        expected: everything ? expectedOf(all.filter((e) => e.kind !== 'local').map((e) => e.name)) : [],
      },
    };
  } catch (error) {
    return { known: {}, findings: [...missing, unreadable(error)] };
  }
}

/** The folders of the clusters, and with them that of what Argo CD is told about them. */
const expectedOf = (clusters: readonly string[]): string[] => (clusters.length === 0 ? [] : [...clusters, ARGOCD]).map((name) => `synth/${name}`);

/** One for each `environments/<name>.ts` without `environments/releases/<name>.json`. */
async function missingReleases(root: string): Promise<readonly Finding[]> {
  const files = await readdir(join(root, 'environments')).catch(() => []); // none at all: the model says so
  const names = files.filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts')).map((f) => f.slice(0, -'.ts'.length)).toSorted();
  return names.filter((name) => !existsSync(join(root, releaseOf(name)))).map((name) => ({
    rule: 'release-file', level: 'finding', file: releaseOf(name), object: 'release', path: '', declaredAt: `environments/${name}.ts:1`,
    what: `is not there, and environments/${name}.ts is an environment`,
    why: 'Without its release file nobody can say what runs in an environment, and nothing of it can be rendered.',
    fix: `Bring ${releaseOf(name)} back from git, or remove environments/${name}.ts with it.`,
    serves: ['NSA/CISA: Upgrading and application security practices'],
  }));
}

const releaseOf = (name: string): string => `environments/releases/${name}.json`;

/** The model's own error, as a finding. */
function unreadable(error: unknown): Finding {
  const said = error instanceof CliError ? { what: `${error.message} ${error.why}`, fix: error.fix } : { what: error instanceof Error ? error.message : String(error), fix: 'Run `npx tsc -p .` and correct what it names.' };
  return {
    rule: 'model', level: 'finding', file: 'platform/platform.ts', object: 'model', path: '', ...said,
    why: 'Without the model names are not compared with the platform\'s, and nobody misses an environment that is gone.',
    serves: ['NSA/CISA: Upgrading and application security practices'],
  };
}
