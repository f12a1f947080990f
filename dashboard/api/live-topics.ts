import { eventRoutes } from '../../services/monitoring/contract/events.ts';
import { pathOf } from './ask.ts';
import { jsonIn } from './follow-events.ts';
import { openSource } from './live-source.ts';

export type Topic = 'health' | 'alerts' | 'logs';
/** What one part of a page wants to hear. */
export interface Wish {
  readonly topic: Topic;
  /** Of logs alone. */
  readonly query?: string | undefined;
  /** Each event of the topic: its type, and what it says. `gap`: something is missing, so what is known has to be asked for again. */
  readonly onEvent: (event: string, data: Readonly<Record<string, unknown>>) => void;
  /** False while nothing comes: then somebody else has to ask. `at`: when it was last known to come, in Unix milliseconds. */
  readonly onLive: (live: boolean, at: number) => void;
}

const types = ['begin', 'gap', 'health', 'seen', 'alerts', 'lines'] as const;

/** Whether somebody looks. */
export interface Means { readonly looked: () => boolean }

/**
 * All that a page wants to hear, on one connection. When parts of the page come and go the connection is made anew and goes on
 * where the one before was; a page that nobody looks at gives it back.
 */
export function openTopics({ looked }: Means) {
  const wishes = new Set<Wish>();
  let end: (() => void) | undefined;
  let [asked, place, live] = ['', '', false];

  const say = (now: boolean, at = Date.now()) => {
    live = now;
    for (const wish of wishes) wish.onLive(now, at);
  };
  const open = (question: string) => {
    end = openSource({
      // From where it was, also when it is asked for anew.
      url: () => `${pathOf(eventRoutes.events.path, {})}?${question}${place === '' ? '' : `&after=${encodeURIComponent(place)}`}`,
      types,
      // It is there when it says where it begins.
      onLive: (now, at) => { if (!now) say(now, at); },
      onEvent({ type, data, lastEventId }) {
        if (lastEventId) place = lastEventId;
        if (type === 'begin') return say(true);
        const value = recordIn(data);
        for (const wish of wishes) if (value && wish.topic === value['topic']) wish.onEvent(type, value);
        return undefined;
      },
    });
  };
  /** As it should be now; what is already so is left alone. */
  function look(): void {
    const question = looked() ? questionOf(wishes) : '';
    if (question === asked) return;
    end?.();
    asked = question;
    if (question !== '') open(question);
    else if (live) say(false);
  }
  // Once for all the parts of a page that come and go together.
  let due = false;
  const lookSoon = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      look();
    });
  };
  return {
    look,
    /** @returns ends it */
    want(wish: Wish): () => void {
      wishes.add(wish);
      if (live) wish.onLive(true, Date.now());
      lookSoon();
      return () => {
        wishes.delete(wish);
        lookSoon();
      };
    },
  };
}

function questionOf(wishes: ReadonlySet<Wish>): string {
  const topics = [...new Set([...wishes].map(({ topic }) => topic))].toSorted();
  const query = [...wishes].find((wish) => wish.query !== undefined)?.query;
  return topics.length === 0 ? '' : new URLSearchParams({ topics: topics.join(), ...(query !== undefined && { query }) }).toString();
}

function recordIn(text: unknown): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
