import type { Json } from '../../../policies/json.ts';
import { changesBetween, leavesOf, type LeafChange } from './leaves.ts';
import { thingsIn, type Thing } from './things.ts';
import { limits, tooMuch, type TreeFile } from './tree.ts';

/** One object that is not as it was. */
export interface ThingChange {
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly status: 'added' | 'removed' | 'changed';
  readonly before?: Json;
  readonly after?: Json;
  readonly leaves: readonly LeafChange[];
}

/** What differs between two sets of files; `moved` counts lines of the model that only stand elsewhere. */
export interface Compared { readonly changes: readonly ThingChange[]; readonly moved: number }

export interface Reading {
  /** What a file holds. @default all of it */
  readonly things?: (file: string, content: TreeFile) => readonly Thing[];
  /** Is the file read in part only, and what differs in it is in the other part? @default never */
  readonly elsewhere?: (file: string, before: TreeFile, after: TreeFile) => boolean;
}

/** Compares files of one environment. Given are only those that differ; a file that says the same in another form is a change of a `file`. */
export function compare(before: ReadonlyMap<string, TreeFile>, after: ReadonlyMap<string, TreeFile>, reading: Reading = {}): Compared {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const compared = paths.map((path) => compareFile(path, before.get(path), after.get(path), reading));
  const changes = compared.flatMap((one) => one.changes);
  const values = changes.reduce((sum, { leaves }) => sum + leaves.length, 0);
  if (values > limits.changes) tooMuch(`${values} values differ.`, `${limits.changes} values that differ`);
  return { changes, moved: compared.reduce((sum, one) => sum + one.moved, 0) };
}

function compareFile(path: string, before: TreeFile | undefined, after: TreeFile | undefined, { things = thingsIn, elsewhere = () => false }: Reading): Compared {
  const [old, now] = [before ? things(path, before) : [], after ? things(path, after) : []].map((things) => new Map(things.map((one) => [`${one.kind}/${one.name}`, one])));
  if (!old || !now) return { changes: [], moved: 0 };
  const keys = [...now.keys(), ...[...old.keys()].filter((key) => !now.has(key))];
  const found = keys.map((key) => changeOf(old.get(key), now.get(key)));
  const changes = found.flatMap((one) => (one && one.leaves.length > 0 ? [one] : []));
  const moved = found.reduce((sum, one) => sum + (one?.moved ?? 0), 0);
  if (changes.length > 0 || moved > 0 || !before || !after || elsewhere(path, before, after)) return { changes, moved };
  return { changes: [{ file: path, kind: 'file', name: path, status: 'changed', leaves: [{ path: ['form'], from: 'as it was', to: 'other' }] }], moved: 0 };
}

function changeOf(before: Thing | undefined, after: Thing | undefined): (ThingChange & { readonly moved: number }) | undefined {
  const one = after ?? before;
  if (!one) return undefined;
  const all = before && after ? changesBetween(before.value, after.value) : whole(one, after ? 'to' : 'from');
  const isLine = ({ path }: LeafChange) => path.length === 1 && path[0] === 'declaredAt' && one.file === 'journey.json';
  return {
    file: one.file, kind: one.kind, name: one.name, status: !before ? 'added' : !after ? 'removed' : 'changed',
    ...(before ? { before: before.value } : {}), ...(after ? { after: after.value } : {}),
    leaves: all.filter((leaf) => !isLine(leaf)),
    moved: before && after ? all.filter(isLine).length : 0,
  };
}

const whole = (one: Thing, side: 'from' | 'to'): LeafChange[] => leavesOf(one.value).map(({ path, value }) => ({ path, [side]: value }));
