import { diffArrays } from 'diff';
import { isRecord } from '../../../policies/json.ts';

export type Scalar = string | number | boolean | null;
/** One value that differs. `from` is absent where it is new, `to` where it is gone. */
export interface LeafChange {
  /** Keys down to it; an entry of a list is named by what identifies it, `[gateway]`, or by its place, `[0]`. */
  readonly path: readonly string[];
  readonly from?: Scalar;
  readonly to?: Scalar;
}

/** What identifies the entries of a list, when all of them have it and it tells them apart. Not `host`: that is a value that changes. */
const KEYS: readonly (readonly string[])[] = [['name'], ['secretKey'], ['alert'], ['record'], ['mountPath'], ['topologyKey'], ['reference', 'to'], ['file', 'object'], ['Sid'], ['port', 'protocol']];

/** Every value below the two that differs, in the order of the new side, then what is gone. */
export function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): LeafChange[] {
  if (before === after) return [];
  if (isRecord(before) && isRecord(after)) return betweenRecords(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return betweenLists(before, after, path);
  if (isScalar(before) && isScalar(after)) return [{ path, from: before, to: after }];
  return [...leavesOf(before, path).map(({ path: at, value }) => ({ path: at, from: value })), ...leavesOf(after, path).map(({ path: at, value }) => ({ path: at, to: value }))];
}

function betweenRecords(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, path: readonly string[]): LeafChange[] {
  const keys = [...Object.keys(after), ...Object.keys(before).filter((key) => !Object.hasOwn(after, key))];
  return keys.flatMap((key) => changesBetween(own(before, key), own(after, key), [...path, key]));
}

function betweenLists(before: readonly unknown[], after: readonly unknown[], path: readonly string[]): LeafChange[] {
  const key = keyOf([...before, ...after]);
  const [old, now] = [key && named(before, key), key && named(after, key)];
  if (!old || !now) return byPlace(before, after, path);
  const order = [[...old.keys()].filter((name) => now.has(name)).join(', '), [...now.keys()].filter((name) => old.has(name)).join(', ')];
  const names = [...now.keys(), ...[...old.keys()].filter((name) => !now.has(name))];
  return [
    ...names.flatMap((name) => changesBetween(old.get(name), now.get(name), [...path, `[${name}]`])),
    // Kubernetes reads some lists in order: a variable may use only those before it.
    ...(order[0] === order[1] ? [] : [{ path: [...path, 'order'], from: order[0] ?? '', to: order[1] ?? '' }]),
  ];
}

/** More entries than that in which two lists differ are compared place by place. */
const MOST_EDITS = 1000;

/** Entries without a name: those that both have in the same order stay; what is gone and what is new in one place is a change of it. */
function byPlace(before: readonly unknown[], after: readonly unknown[], path: readonly string[]): LeafChange[] {
  const [old, now] = [before.map((one) => JSON.stringify(one)), after.map((one) => JSON.stringify(one))];
  const parts = diffArrays(old, now, { maxEditLength: MOST_EDITS }) ?? [{ removed: true, added: false, value: old }, { removed: false, added: true, value: now }];
  let [from, to] = [0, 0];
  return parts.flatMap(({ removed, added, value }, index): LeafChange[] => {
    const start = { from, to };
    if (!added) from += value.length;
    if (!removed) to += value.length;
    const next = parts[index + 1];
    // Told together with what came in its place.
    if (removed && next?.added) return [];
    const previous = parts[index - 1];
    const lost = removed ? value.length : added && previous?.removed ? previous.value.length : 0;
    const first = removed ? start.from : start.from - lost;
    return Array.from({ length: added || removed ? Math.max(lost, added ? value.length : 0) : 0 }, (_, place) => changesBetween(
      place < lost ? before[first + place] : undefined, added && place < value.length ? after[start.to + place] : undefined, [...path, `[${(added && place < value.length ? start.to : first) + place}]`],
    )).flat();
  });
}

/** All values below one, with their paths; an empty list or object counts as a value, since it says something. */
export function leavesOf(value: unknown, path: readonly string[] = []): { readonly path: readonly string[]; readonly value: Scalar }[] {
  if (value === undefined) return [];
  if (isScalar(value)) return [{ path, value }];
  if (Array.isArray(value)) {
    const key = keyOf(value);
    const entries = key ? named(value, key) : undefined;
    if (value.length === 0) return [{ path, value: '[]' }];
    return entries ? [...entries].flatMap(([name, one]) => leavesOf(one, [...path, `[${name}]`])) : value.flatMap((one, place) => leavesOf(one, [...path, `[${place}]`]));
  }
  const entries = isRecord(value) ? Object.entries(value) : [];
  return entries.length === 0 ? [{ path, value: '{}' }] : entries.flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

function keyOf(list: readonly unknown[]): readonly string[] | undefined {
  return list.length === 0 || !list.every(isRecord) ? undefined : KEYS.find((key) => list.every((one) => key.every((part) => isName(own(one, part)))));
}

/** The entries by their key; undefined where two have the same. */
function named(list: readonly unknown[], key: readonly string[]): Map<string, unknown> | undefined {
  const map = new Map(list.map((one) => [key.map((part) => String(own(one, part))).join(' '), one]));
  return map.size === list.length ? map : undefined;
}

const own = (value: unknown, key: string): unknown => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined);
const isName = (value: unknown): boolean => (typeof value === 'string' && value !== '') || typeof value === 'number';
const isScalar = (value: unknown): value is Scalar => value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** `spec.containers[gateway].env[LOG_LEVEL].value`; a key that is no plain word stands in quotes. */
export function show(path: readonly string[]): string {
  return path.reduce((shown, key) => {
    if (/^\[.*\]$/s.test(key)) return `${shown}${key}`;
    const plain = /^[\w$/-]+$/.test(key) ? key : JSON.stringify(key);
    return shown === '' ? plain : `${shown}.${plain}`;
  }, '');
}
