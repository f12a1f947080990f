import type { Entry } from '../../api/delivery.ts';

export type Marks = Readonly<Record<'from' | 'to', string | null>>;

/** Marks or unmarks one commit. Of two, the older one is where the comparison begins; a third takes the place of the newer. */
export function markedWith(commit: string, from: string | undefined, to: string | undefined, entries: readonly Pick<Entry, 'commit'>[]): Marks {
  if (commit === from || commit === to) return { from: (commit === from ? to : from) ?? null, to: null };
  if (from === undefined) return { from: commit, to: null };
  const age = (one: string) => entries.findIndex((entry) => entry.commit === one);
  return age(commit) > age(from) ? { from: commit, to: from } : { from, to: commit };
}
