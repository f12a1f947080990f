import { watchingRoutes } from '../../services/gateway/contract/watching.ts';
import { journeyEventsPath } from '../../services/monitoring/contract/journey-events.ts';
import { journeyRoutes } from '../../services/monitoring/contract/journey.ts';
import { ask, pathOf, type AnswerOf } from './ask.ts';
import { followEvents } from './follow-events.ts';
import type { Journey } from './monitoring.ts';
import { conforms } from './schema.ts';

export type Ticket = AnswerOf<typeof watchingRoutes.ticket>;
/** For one request that is to be watched: its trace id is known before it is sent. */
export const takeTicket = (): Promise<Ticket> => ask(watchingRoutes.ticket);

const schema = journeyRoutes.journey.answers[200];

/** Follows one journey while it travels. @returns ends it */
export function followJourney(traceId: string, { onNews, onLive }: { readonly onNews: (news: Journey) => void; readonly onLive: (live: boolean, at: number) => void }): () => void {
  return followEvents(pathOf(journeyEventsPath, { traceId }), 'journey', {
    onLive,
    onData(value) {
      if (conforms(schema, value) && value.traceId === traceId) onNews(value);
    },
  });
}

/** What is known with what is new: each hop and each line once. A hop that has ended is under way no more, whatever comes late. */
export function withNews(known: Journey | undefined, news: Journey): Journey {
  if (known === undefined) return news;
  const hops = [...new Map([...known.hops, ...news.hops].map((hop) => [hop.spanId, hop])).values()];
  const ended = new Set(hops.map(({ spanId }) => spanId));
  return {
    traceId: news.traceId, connected: news.connected, hops,
    open: news.open.filter(({ spanId }) => !ended.has(spanId)),
    omitted: news.omitted, sources: news.sources,
    logs: [...new Map([...known.logs, ...news.logs].map((line) => [JSON.stringify(line), line])).values()],
  };
}
