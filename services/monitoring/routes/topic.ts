import type { ServerEvent } from '../../kit/event-stream.ts';
import type { Numbered } from '../adapters/feed.ts';
import type { Position } from '../domain/cursor.ts';
import type { TopicName } from '../domain/topic.ts';

/** One event of a topic. */
export interface News { readonly event: string; readonly data: Readonly<Record<string, unknown>> }

export interface Topic {
  readonly name: TopicName;
  /** Where it begins for a client that was at `position`; with what it must be told first. */
  begin(position: Position | undefined): Promise<{ readonly position: Position; readonly first: readonly News[] }>;
  /** What came after `position`, at most one event of it; `more` when there is more at once. */
  next(position: Position): Promise<{ readonly position: Position; readonly news: News | undefined; readonly more: boolean }>;
}

/** Who comes back further behind than this is not told all of it, where ids are counted one by one. */
const CATCH_UP = 10_000;

interface Means<T extends { readonly id: number }> {
  readonly name: TopicName;
  readonly feed: Numbered<T>;
  /** In one event, at most. */
  readonly page: number;
  readonly event: string;
  dataOf(some: readonly T[]): Readonly<Record<string, unknown>>;
  /** Whose count it is, where it is not the store's. */
  readonly of?: string;
  /** The first id that who comes back is told from. @default 10,000 behind the newest */
  earliestTold?(newest: number): number;
  /** Told to who begins, or has lost their place: how it is now. */
  whole?(): Readonly<Record<string, unknown>>;
}

/** A topic of things with ids. */
export function numberedTopic<T extends { readonly id: number }>({ name, feed, page, event, dataOf, of, whole, earliestTold = (newest) => newest - CATCH_UP }: Means<T>): Topic {
  const positionAt = (at: number): Position => (of === undefined ? { at } : { at, of });
  const now = (): readonly News[] => (whole ? [{ event, data: whole() }] : []);
  return {
    name,
    async begin(wanted) {
      const { oldest, newest } = await feed.bounds();
      if (wanted === undefined) return { position: positionAt(newest), first: now() };
      const lost = lostAt(wanted, { oldest, newest, of, earliest: earliestTold(newest) });
      if (!lost) return { position: wanted, first: [] };
      const position = positionAt(lost.goesOnAt);
      return { position, first: [{ event: 'gap', data: { reason: lost.reason, after: wanted.at, goesOnAfter: position.at } }, ...now()] };
    },
    async next(position) {
      const { newest } = await feed.bounds();
      if (newest <= position.at) return { position, news: undefined, more: false };
      const some = await feed.since(position.at, newest, page);
      const after = positionAt(some.length < page ? newest : some.at(-1)?.id ?? newest);
      return { position: after, news: some.length === 0 ? undefined : { event, data: dataOf(some) }, more: after.at < newest };
    },
  };
}

interface Held { readonly oldest: number; readonly newest: number; readonly of: string | undefined; readonly earliest: number }
/** Why nothing can go on from there, and where it goes on instead; undefined when it can. */
function lostAt({ at, of: whose }: Position, { oldest, newest, of, earliest }: Held): { readonly reason: string; readonly goesOnAt: number } | undefined {
  if (whose !== of) return { reason: 'It was told by another process, which counts for itself.', goesOnAt: newest };
  if (at > newest) return { reason: 'Nothing has come so far yet: the store is another one.', goesOnAt: newest };
  if (at < earliest) return { reason: 'It is too far behind to be told all of it.', goesOnAt: earliest };
  // Ids begin at 1: whoever saw nothing yet has missed nothing when the first one is still there.
  if (at < oldest - 1) return { reason: 'What came next is kept no more.', goesOnAt: oldest - 1 };
  return undefined;
}

/** As it goes out: every event says its topic, whatever else it says. */
export const told = ({ event, data }: News, topic: TopicName): ServerEvent => ({ event, data: { topic, ...data } });
