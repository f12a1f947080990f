import { endsWith, isQuota, type Cause } from './cause.ts';
import type { ThingChange } from './compare.ts';
import type { LeafChange } from './leaves.ts';

/** One value that differs, in its object. */
export interface Owned { readonly change: ThingChange; readonly leaf: LeafChange }
/** Which values differ because of what; `rest` is what nobody explains. */
export interface Attributed { readonly owned: ReadonlyMap<Cause, readonly Owned[]>; readonly rest: readonly Owned[] }

/** Asks every cause about every value. A value that two causes changed together belongs to both. */
export function attribute(changes: readonly ThingChange[], causes: readonly Cause[]): Attributed {
  const all = changes.flatMap((change) => change.leaves.map((leaf): Owned => ({ change, leaf })));
  const owners = new Map(all.map((one) => [one, ownersOf(one, causes)]));
  const first = split(owners);
  for (const one of first.rest) owners.set(one, followersOf(one, first.owned));
  return split(owners);
}

function split(owners: ReadonlyMap<Owned, readonly Cause[]>): Attributed {
  const owned = new Map<Cause, Owned[]>();
  for (const [one, causes] of owners) {
    for (const cause of causes) {
      const list = owned.get(cause) ?? [];
      list.push(one);
      owned.set(cause, list);
    }
  }
  return { owned, rest: [...owners].flatMap(([one, causes]) => (causes.length === 0 ? [one] : [])) };
}

function ownersOf({ change, leaf }: Owned, causes: readonly Cause[]): readonly Cause[] {
  const claiming = causes.filter((cause) => cause.claims?.(change, leaf) === true);
  if (claiming.length > 0) return claiming;
  return rewriting(change, leaf, causes) ?? listing(change, leaf, causes) ?? [];
}

/** Those whose replacements, all together, make the new text of the old one. */
function rewriting(change: ThingChange, { from, to }: LeafChange, causes: readonly Cause[]): readonly Cause[] | undefined {
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  let text = from;
  const used: Cause[] = [];
  for (const cause of causes) {
    for (const [old, now] of cause.rewrites?.(change) ?? []) {
      if (old === '' || old === now || !text.includes(old)) continue;
      text = text.replaceAll(old, () => now);
      if (!used.includes(cause)) used.push(cause);
    }
  }
  return text === to ? used : undefined;
}

/** Texts that are lists of references or addresses: each entry that is new or gone must be somebody's. */
function listing(change: ThingChange, leaf: LeafChange, causes: readonly Cause[]): readonly Cause[] | undefined {
  if (!isListOfReferences(change, leaf)) return undefined;
  const [old, now] = [leaf.from, leaf.to].map((value) => (typeof value === 'string' ? value.split(/,\s*/).filter((one) => one !== '') : []));
  if (!old || !now) return undefined;
  const differing = [...old.filter((one) => !now.includes(one)), ...now.filter((one) => !old.includes(one))];
  const owners = differing.map((entry) => causes.filter((cause) => cause.explains?.(change, leaf, entry) === true));
  return differing.length === 0 || owners.some((one) => one.length === 0) ? undefined : [...new Set(owners.flat())];
}

function isListOfReferences({ kind, file }: ThingChange, leaf: LeafChange): boolean {
  return endsWith(leaf, 'metadata', 'annotations', 'request-journey.dev/declared-by') || (kind === 'ConfigMap' && endsWith(leaf, 'data', 'WORKLOADS'))
    || (file.startsWith('terraform/') && endsWith(leaf, 'description'));
}

/** What follows from other changes, whoever made them. Where nothing else changed, it was changed by hand, and says so itself. */
function followersOf(one: Owned, owned: ReadonlyMap<Cause, readonly Owned[]>): readonly Cause[] {
  const leads = leaderOf(one);
  return leads === undefined ? [] : [...owned].flatMap(([cause, ones]) => (ones.some(({ change }) => leads(change)) ? [cause] : []));
}

/** A list names what came, or no longer names what went. */
function isListed({ from, to }: LeafChange, status: ThingChange['status'], names: readonly string[]): boolean {
  return (status === 'added' && to !== undefined && names.includes(String(to))) || (status === 'removed' && from !== undefined && names.includes(String(from)));
}

/** The frame of a new object, the hash of a ConfigMap, the graph's lists of files, the amounts that a namespace may use in all. */
export function leaderOf({ change, leaf }: Owned): ((other: ThingChange) => boolean) | undefined {
  if (change.status !== 'changed' && (['apiVersion', 'kind', 'metadata'].includes(leaf.path[0] ?? '') || change.kind === 'ExternalSecret')) return (other) => other === change;
  if (endsWith(leaf, 'annotations', 'request-journey.dev/config')) return ({ kind, name }) => kind === 'ConfigMap' && name === change.name;
  if (change.file === 'journey.json' && ['files', 'manifests', 'policies', 'objects'].includes(leaf.path[0] ?? '')) return ({ status, file, kind, name }) => isListed(leaf, status, [file, `${kind}/${name}`]);
  return isQuota(change, leaf) ? ({ status, kind }) => status !== 'changed' && ['Deployment', 'Job', 'StatefulSet'].includes(kind) : undefined;
}
