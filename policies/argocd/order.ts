import { get, textOf } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { hooksOf } from '../manifests/hooks.ts';
import { isApplication, treeOf, type Tree } from './application.ts';

export const WAVE = 'argocd.argoproj.io/sync-wave';
const PHASES = ['PreSync', 'Sync', 'PostSync'];

/** What comes before what, by the waves and phases of every Application, and by Applications that apply Applications. */
export interface Order {
  /** Is it applied at all? */
  places(manifest: Manifest): boolean;
  /** Is `first` healthy before Argo CD applies `second`? */
  isBefore(first: Manifest, second: Manifest): boolean;
}

/** Undefined for an annotation that is no whole number; 0 without one. */
export function waveOf({ json }: Manifest): number | undefined {
  const text = textOf(get(json, 'metadata', 'annotations', WAVE));
  if (text === undefined) return 0;
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** A point in time that an Application passes: between two of its waves, or one of its objects. */
type Moment = string | Manifest;
const orders = new WeakMap<Rendered, Order>();

export function orderOf(rendered: Rendered): Order {
  const known = orders.get(rendered) ?? buildOrder(treeOf(rendered));
  orders.set(rendered, known);
  return known;
}

function buildOrder(tree: Tree): Order {
  const next = new Map<Moment, Set<Moment>>();
  const then = (first: Moment, second: Moment) => { next.set(first, (next.get(first) ?? new Set()).add(second)); };
  for (const application of tree.applications) chain(tree, application, then);
  const reached = new Map<Manifest, ReadonlySet<Moment>>();
  const from = (first: Manifest): ReadonlySet<Moment> => {
    const known = reached.get(first) ?? reachable(next, first);
    reached.set(first, known);
    return known;
  };
  return { places: (manifest) => next.has(manifest), isBefore: (first, second) => from(first).has(second) };
}

/** start → wave → … → end; an Application among the objects of a wave has a chain of its own within it. */
function chain(tree: Tree, application: Manifest, then: (first: Moment, second: Moment) => void): void {
  const id = (stage: number | 'end') => `${application.name} ${stage}`;
  const stages = [...Map.groupBy(tree.ownedBy(application).filter(isApplied), stageOf)].toSorted(([a], [b]) => a - b);
  stages.forEach(([, objects], i) => {
    const after = i + 1 === stages.length ? id('end') : id(i + 1);
    then(id(i), after);
    for (const object of objects) {
      then(id(i), object);
      then(object, after);
      if (!isApplication(object)) continue;
      then(object, `${object.name} 0`);
      // Healthy only when everything in it is (argocd/application-health.lua; sync-settings says that there is such a thing).
      then(`${object.name} end`, after);
    }
  });
}

/** Neither what is never applied, nor what runs only when something failed or goes. */
const isApplied = (object: Manifest): boolean => hooksOf(object).length === 0 || hooksOf(object).some((hook) => PHASES.includes(hook));

function stageOf(object: Manifest): number {
  const [first] = hooksOf(object).filter((hook) => PHASES.includes(hook));
  return PHASES.indexOf(first ?? 'Sync') * 10 ** 10 + (waveOf(object) ?? 0);
}

function reachable(next: ReadonlyMap<Moment, ReadonlySet<Moment>>, first: Moment): ReadonlySet<Moment> {
  const seen = new Set<Moment>();
  const open = [...(next.get(first) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(next.get(at) ?? []));
  }
  return seen;
}
