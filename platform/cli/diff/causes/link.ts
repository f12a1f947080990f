import type { ThingChange } from '../compare.ts';
import type { LeafChange } from '../leaves.ts';

/** A link from Argo CD's pages to this host. */
export function isLink({ kind }: ThingChange, { path, from, to }: LeafChange, host: string): boolean {
  return kind === 'Application' && (path.at(-1) ?? '').startsWith('link.argocd.argoproj.io/') && String(to ?? from).includes(`|https://${host}/`);
}
