import type { ThingChange } from '../compare.ts';
import type { LeafChange } from '../leaves.ts';

/** The address of this host, given to those who write links to it. */
export function isAddress({ kind }: ThingChange, { from, to }: LeafChange, host: string): boolean {
  return kind === 'ConfigMap' && [from, to].includes(`https://${host}`);
}

/** A link from Argo CD's pages to this host. */
export function isLink({ kind }: ThingChange, { path, from, to }: LeafChange, host: string): boolean {
  return kind === 'Application' && (path.at(-1) ?? '').startsWith('link.argocd.argoproj.io/') && String(to ?? from).includes(`|https://${host}/`);
}
