import { dirname, posix } from 'node:path';
import { get, listOf, textOf } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { globOf } from './glob.ts';

export interface Source { readonly repo: string; readonly revision: string; readonly path: string; readonly json: unknown; readonly at: readonly (string | number)[] }

export const isApplication = ({ kind, apiVersion }: Manifest): boolean => kind === 'Application' && apiVersion.startsWith('argoproj.io/');
export const isProject = ({ kind, apiVersion }: Manifest): boolean => kind === 'AppProject' && apiVersion.startsWith('argoproj.io/');

/** Its one source, or all of several. */
export function sourcesOf(application: Manifest): readonly Source[] {
  const several = listOf(get(application.json, 'spec', 'sources'));
  const all = several.length > 0 ? several.map((json, i) => ({ json, at: ['spec', 'sources', i] })) : [{ json: get(application.json, 'spec', 'source'), at: ['spec', 'source'] }];
  return all.map(({ json, at }) => ({
    json, at, repo: textOf(get(json, 'repoURL')) ?? '', revision: textOf(get(json, 'targetRevision')) ?? '', path: textOf(get(json, 'path')) ?? '',
  }));
}

/** Would Argo CD read this file (a path from the repository's root) for that source? (reposerver: getPotentiallyValidManifestFile) */
export function readsFile({ path, json }: Source, file: string): boolean {
  const folder = posix.normalize(`${path}/`).replace(/^(?:\.?\/)+/, '');
  if (!file.startsWith(folder) || !/\.(?:yaml|yml|json)$/i.test(file)) return false;
  const below = file.slice(folder.length);
  const include = textOf(get(json, 'directory', 'include')) ?? '';
  const exclude = textOf(get(json, 'directory', 'exclude')) ?? '';
  if (below.includes('/') && get(json, 'directory', 'recurse') !== true) return false;
  return (include === '' || globOf(include)?.test(below) === true) && !(exclude !== '' && globOf(exclude)?.test(below) === true);
}

/** Everything of Argo CD's folder and the environments beside it, with the Applications that apply each thing. */
export interface Tree {
  readonly applications: readonly Manifest[];
  readonly projects: readonly Manifest[];
  readonly manifests: readonly Manifest[];
  ownersOf(manifest: Manifest): readonly Manifest[];
  ownedBy(application: Manifest): readonly Manifest[];
}

const trees = new WeakMap<Rendered, Tree>();

/** Of Argo CD's folder; all of its rules ask the same. */
export function treeOf(rendered: Rendered): Tree {
  const known = trees.get(rendered) ?? buildTree(rendered);
  trees.set(rendered, known);
  return known;
}

function buildTree({ folder, manifests, neighbours = [] }: Rendered): Tree {
  const all = [...manifests, ...neighbours.flatMap((n) => n.manifests)].filter((m) => m.kind !== '');
  // The folder above stands for `synth/`, wherever it lies.
  const applications = manifests.filter(isApplication);
  const owners = new Map(all.map((m) => [m, applications.filter((a) => sourcesOf(a).some((s) => readsFile(s, `synth${m.file.slice(dirname(folder).length)}`)))] as const));
  const owned = new Map(applications.map((a) => [a, all.filter((m) => owners.get(m)?.includes(a))] as const));
  return {
    applications, projects: manifests.filter(isProject), manifests: all,
    ownersOf: (manifest) => owners.get(manifest) ?? [],
    ownedBy: (application) => owned.get(application) ?? [],
  };
}
