import type { Manifest, Rendered } from '../rendered.ts';
import { isNamespaced } from '../schemas/scope.ts';

/** Are all things of the namespace at hand? Only then does a missing one mean something. */
export const isWhole = (rendered: Rendered, { namespace }: Manifest): boolean =>
  rendered.whole || rendered.manifests.some((m) => m.kind === 'Namespace' && m.name === namespace);

/** The manifests that live in a namespace. */
export const namespacedIn = (rendered: Rendered): readonly Manifest[] => rendered.manifests.filter((m) => m.kind !== '' && isNamespaced(m.kind));
