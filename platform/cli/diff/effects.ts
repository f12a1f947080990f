import type { Owned } from './attribute.ts';
import { endsWith } from './cause.ts';
import type { ThingChange } from './compare.ts';
import { show, type LeafChange } from './leaves.ts';
import { shownText, shownValue } from './mask.ts';
import { short } from './words.ts';

const MOST_VALUES = 5;
/** Entries of the graph and of release files: what they say is said by the facts themselves. */
const BOOKKEEPING = ['node', 'edge', 'secret', 'knob', 'journey', 'delivery', 'release'];

/** What differs because of one cause, one object a line: `Deployment gateway: RATE_LIMIT_RPS 50 → 100`. */
export function effectsOf(owned: readonly Owned[]): string[] {
  return [...Map.groupBy(owned, ({ change }) => change)].flatMap(([change, ones]) => lineOf(change, ones.map(({ leaf }) => leaf))).toSorted();
}

function lineOf(change: ThingChange, leaves: readonly LeafChange[]): string[] {
  if (BOOKKEEPING.includes(change.kind)) return [];
  const name = shownText(`${change.kind} ${change.name}`);
  if (change.status !== 'changed') return [`${name} ${change.status}`];
  if (change.kind === 'plan') return [`${name}: ${[...new Set(leaves.map(({ path }) => (path[0] === 'waves' ? 'start order' : show(path))))].join(', ')}`];
  const telling = leaves.filter((leaf) => !isDerived(leaf));
  const entries = [...Map.groupBy(telling, (leaf) => entryOf(leaf) ?? show(leaf.path))].map(([entry, ones]) => valueOf(change, entry, ones));
  if (entries.length === 0) return [];
  return [`${name}: ${entries.slice(0, MOST_VALUES).join(', ')}${entries.length > MOST_VALUES ? ` and ${entries.length - MOST_VALUES} more` : ''}`];
}

/** Labels, lists of references and hashes repeat what something else says. */
function isDerived(leaf: LeafChange): boolean {
  return endsWith(leaf, 'labels', 'app.kubernetes.io/version') || (leaf.path.at(-2) === 'annotations' && (leaf.path.at(-1) ?? '').startsWith('request-journey.dev/'));
}

/** A variable, a port or another entry that is new or gone as a whole is one thing and not its fields. */
function entryOf({ path, from, to }: LeafChange): string | undefined {
  if (from !== undefined && to !== undefined) return undefined;
  const at = path.findLastIndex((part) => /^\[.*\D.*\]$/s.test(part));
  if (at !== -1 && at < path.length - 1) return `${path[at - 1] ?? ''} ${plain(path[at] ?? '')}`;
  return path[0] === 'env' && path.length > 2 ? `env ${path[1] ?? ''}` : undefined;
}

function valueOf({ kind }: ThingChange, entry: string, leaves: readonly LeafChange[]): string {
  const [leaf, another] = leaves;
  if (!leaf) return entry;
  if (another || entryOf(leaf) !== undefined) {
    const [added, removed] = [leaves.every(({ from }) => from === undefined), leaves.every(({ to }) => to === undefined)];
    return `${shownText(entry)} ${added ? 'added' : removed ? 'removed' : 'replaced'}`;
  }
  const [old, now] = [leaf.from, leaf.to].map((value) => (value === undefined ? undefined : short(shownValue(kind, leaf.path, value))));
  const name = shownText(nameOf(leaf.path));
  if (old === undefined) return `${name} added: ${now}`;
  return now === undefined ? `${name} removed: ${old}` : `${name} ${old} → ${old === now ? 'another' : now}`;
}

/** A variable by its name, anything else by the end of its path. */
function nameOf(path: readonly string[]): string {
  const env = path.indexOf('env');
  if (env !== -1 && path[env + 1] !== undefined) return path.slice(env + 1).filter((part) => part !== 'value').map(plain).join('.');
  return path.filter((part) => !/^\[\d+\]$/.test(part)).slice(-2).filter((part, index, all) => index === all.length - 1 || !['spec', 'hard', 'data', 'metadata', 'annotations', 'labels'].includes(part)).map(plain).join('.');
}

const plain = (part: string): string => part.replace(/^\[(.*)\]$/s, '$1');
