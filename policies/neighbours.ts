import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Rendered } from './rendered.ts';

/** The folder of what Argo CD is told, beside the environments; at the top of the repository stands its source. */
const ARGOCD = 'argocd';
export const isArgocd = (folder: string): boolean => basename(folder) === ARGOCD && folder !== ARGOCD;

/** The folder of that name in which a file lies, at any depth. */
export function argocdAbove(file: string): string | undefined {
  const parts = file.split('/').slice(0, -1);
  const at = parts.lastIndexOf(ARGOCD);
  return at < 1 ? undefined : parts.slice(0, at + 1).join('/');
}

/** Argo CD's folder together with the environments beside it that were read whole: objects are judged by who applies them. */
export const withNeighbours = (argocd: Rendered, all: readonly Rendered[]): Rendered =>
  ({ ...argocd, neighbours: all.filter((one) => one.whole && dirname(one.folder) === dirname(argocd.folder)) });

/** The same, with those that nobody asked to read. @param others reads a folder */
export async function beside(root: string, argocd: Rendered, all: readonly Rendered[], others: (folder: string) => Promise<readonly Rendered[]>): Promise<Rendered> {
  const above = dirname(argocd.folder);
  const entries = await readdir(resolve(root, above), { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !isArgocd(entry.name)).map((entry) => join(above, entry.name)).toSorted();
  const more = await Promise.all(folders.map(others));
  return withNeighbours(argocd, [...all, ...more.flat()]);
}
