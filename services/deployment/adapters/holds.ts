import { oneLine } from '../../kit/git-message.ts';
import { HOLDS_REF, NO_HOLDS, readHolds, writeHolds, type Hold, type HoldRecord } from '../../kit/holds.ts';
import { problem } from '../../kit/problem.ts';
import { short } from '../domain/fact.ts';
import type { Fact } from '../domain/proposal.ts';
import { openTurns } from './forge-turns.ts';

/** What may not come again. It is written in the repository, so that every service that watches it refuses the same. */
export interface Holds {
  /** Newest first; of this moment with `now`, else of the last second. @throws Problem while the forge is away, or when the record is damaged */
  active(now?: 'now'): Promise<readonly Hold[]>;
  /** Holds the values that these facts brought. What is held already stays as it is, so it may be repeated. */
  add(facts: readonly Pick<Fact, 'environment' | 'subject' | 'to'>[], why: Why): Promise<void>;
  /** `null` when there is no such hold, or it was lifted before. */
  lift(id: number, why: Why): Promise<Hold | null>;
}
export interface Why { readonly reason: string; readonly by: string }

/** Where the record stands: `refs/journey/holds`, here or elsewhere. */
export interface HoldPlace {
  /** Holds the objects of the record after `tip`. */
  readonly folder: string;
  tip(): Promise<string | null>;
  /** @returns false when somebody else was quicker */
  move(from: string | null, to: string): Promise<boolean>;
}

const TRIES = 30;
const FRESH_MS = 1000;
/** Far more than people can look through: then something else is wrong, and an admin has to lift some. */
const MOST = 5000;

export function openHolds({ folder, tip, move }: HoldPlace): Holds {
  const inTurn = openTurns();
  let seen: { readonly at: number; readonly value: Promise<Seen> } | undefined;
  // The commit that holds a record never changes.
  let last: Seen = { commit: null, record: NO_HOLDS };

  const look = async (): Promise<Seen> => {
    const commit = await tip();
    return last = commit === last.commit ? last : { commit, record: await readHolds(folder, commit) };
  };
  function read(now?: 'now'): Promise<Seen> {
    if (now === undefined && seen !== undefined && performance.now() - seen.at < FRESH_MS) return seen.value;
    const value = look();
    seen = { at: performance.now(), value };
    // A failure is asked again by the next one.
    value.catch(() => { if (seen?.value === value) seen = undefined; });
    return value;
  }

  /** Replaces the record by what `next` makes of it, until nobody was quicker. `null`: it stays. Those of this process wait for each other. */
  const change = <T>(why: Why, next: Next<T>): Promise<T | null> => inTurn('change', async () => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { commit, record } = await read('now');
      const at = new Date().toISOString();
      const changed = next(record, at);
      if (changed === null) return null;
      const to = await writeHolds(folder, changed.record, { before: commit, what: changed.what, reason: why.reason, by: why.by, at });
      const moved = await move(commit, to);
      seen = undefined;
      if (moved) return changed.result;
    }
    throw problem('unavailable', `${HOLDS_REF} is being changed by others all the time.`);
  });

  return {
    active: async (now) => (await read(now)).record.holds,
    async add(facts, why) {
      await change(why, (record, at) => {
        const fresh = facts.filter(({ environment, subject, to }) => !record.holds.some((hold) => hold.environment === environment && hold.subject === subject && hold.value === to));
        if (fresh.length === 0) return null;
        if (record.holds.length + fresh.length > MOST) throw problem('conflict', `${MOST} values are held already.`, { fix: 'An admin lifts those that are no danger any more: ./journey holds, ./journey lift <number>.' });
        const holds = fresh.map(({ environment, subject, to }, i): Hold => ({ id: record.last + 1 + i, environment, subject, value: to, reason: oneLine(why.reason, 500) || 'no reason was given', by: oneLine(why.by, 400) || 'unknown', at }));
        const what = `Hold ${fresh.map(({ environment, subject, to }) => `${subject} ${short(to)} in ${environment}`).join(', ')}`;
        return { record: { version: 1, last: record.last + fresh.length, holds: [...holds.toReversed(), ...record.holds] }, what, result: undefined };
      });
    },
    lift: (id, why) => change(why, (record) => {
      const hold = record.holds.find((one) => one.id === id);
      if (hold === undefined) return null;
      return { record: { ...record, holds: record.holds.filter((one) => one !== hold) }, what: `Lift ${hold.subject} ${short(hold.value)} in ${hold.environment}`, result: hold };
    }),
  };
}
type Next<T> = (record: HoldRecord, at: string) => { readonly record: HoldRecord; readonly what: string; readonly result: T } | null;
interface Seen { readonly commit: string | null; readonly record: HoldRecord }
