import { commitOf, isAncestor } from '../../kit/git-objects.ts';
import { listRefs, updateRefs } from '../../kit/git-refs.ts';
import type { Log } from '../../kit/log.ts';
import { problem } from '../../kit/problem.ts';
import { unknownPull } from './forge-input.ts';
import type { Pull } from './forge-port.ts';
import { readRecords, type PullRecord, type Read } from './forge-record.ts';

export const main = 'refs/heads/main';
export const recordRef = (number: number) => `refs/pulls/${number}/record`;
export const branchOf = (number: number) => `change/${number}`;
export const branchRef = (number: number) => `refs/heads/${branchOf(number)}`;

/** One pull request with the commit of its record: what a later change compares with. */
export interface Kept {
  readonly number: number;
  readonly at: string;
  /** As the record says, except that a merge that main holds already counts as done. */
  readonly record: PullRecord;
  /** Whether the record itself does not say so yet. */
  readonly unfinished: boolean;
  /** `main` when it was read. */
  readonly main: string | null;
}

/** The records of one bare repository. */
export interface Store {
  /** @throws Problem `internal` for one that is damaged */
  find(number: number): Promise<Kept | null>;
  /** @throws Problem `not_found`, `internal` */
  get(number: number): Promise<Kept>;
  /** Newest first; without the damaged ones, which are logged. `next`: the first number that nobody has. */
  all(): Promise<{ readonly kept: readonly Kept[]; readonly next: number }>;
  /** Completes what somebody who was killed has begun: a merge that main holds, the branch of an open one. */
  settle(): Promise<void>;
}

/** Records are read once: the commit that holds one never changes. */
export function openStore(folder: string, log: Log): Store {
  const cache = new Map<string, Read>();
  const read = async (commits: readonly string[]): Promise<readonly Read[]> => {
    const missing = [...new Set(commits.filter((commit) => !cache.has(commit)))];
    if (missing.length > 0) (await readRecords(folder, missing)).forEach((one, i) => cache.set(missing[i] ?? '', one));
    return commits.map((commit) => cache.get(commit) ?? { fault: 'it was not read' });
  };
  const kept = async (number: number, at: string, record: PullRecord): Promise<Kept> => {
    // Main is read after the record: a merge that was finished in between is seen either way.
    const tip = await commitOf(folder, main);
    const { merging, ...rest } = record;
    const done = merging !== undefined && tip !== null && await isAncestor(folder, merging.as, tip).catch(() => false);
    if (!done) return { number, at, record, unfinished: false, main: tip };
    return { number, at, main: tip, unfinished: true, record: { ...rest, state: 'merged', mergedAs: merging.as, mergedBy: merging.by, mergedAt: merging.at } };
  };
  const find = async (number: number): Promise<Kept | null> => {
    const at = (await listRefs(folder, recordRef(number))).get(recordRef(number));
    if (at === undefined) return null;
    const [one] = await read([at]);
    if (one === undefined || 'fault' in one) throw damaged(number, one?.fault ?? 'it was not read');
    return kept(number, at, one.record);
  };
  const all = async () => {
    const refs = [...await listRefs(folder, 'refs/pulls/')].flatMap(([ref, at]) => {
      const number = Number(/^refs\/pulls\/([1-9]\d{0,8})\/record$/.exec(ref)?.[1]);
      return Number.isNaN(number) ? [] : [{ number, at }];
    }).sort((a, b) => b.number - a.number);
    const records = await read(refs.map(({ at }) => at));
    const found: Kept[] = [];
    const tip = await commitOf(folder, main);
    for (const [i, { number, at }] of refs.entries()) {
      const one = records[i];
      if (one === undefined || 'fault' in one) log.warn('a pull request is left out: its record is damaged', { ref: recordRef(number), fault: one?.fault });
      else found.push(one.record.merging === undefined ? { number, at, record: one.record, unfinished: false, main: tip } : await kept(number, at, one.record));
    }
    const current = new Set(refs.map(({ at }) => at));
    for (const at of cache.keys()) if (!current.has(at)) cache.delete(at);
    return { kept: found, next: (refs[0]?.number ?? 0) + 1 };
  };
  return {
    find, all,
    async get(number) {
      const one = await find(number);
      if (one === null) throw unknownPull(number);
      return one;
    },
    settle: async () => {
      const branches = await listRefs(folder, 'refs/heads/change/');
      for (const { number, at, record } of (await all()).kept) {
        const branch = branches.get(branchRef(number)) ?? null;
        if (record.state === 'open' && branch !== record.head) await updateRefs(folder, [{ ref: recordRef(number), from: at }, { ref: branchRef(number), from: branch, to: record.head }]);
      }
    },
  };
}

export function pullOf({ number, record }: Kept): Pull {
  const { version: _, merging: __, ...rest } = record;
  return { ...rest, number, branch: branchOf(number) };
}

function damaged(number: number, fault: string) {
  return problem('internal', `The record of the pull request #${number} cannot be used: ${fault}.`, {
    fix: `Look at ${recordRef(number)} in the repository (git log -p ${recordRef(number)}) and set it back to the last good commit.`,
  });
}
