import { mayAs } from '../../kit/access.ts';
import type { Role } from '../../kit/contract.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { ServerEvent } from '../../kit/event-stream.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { pause } from '../../kit/pause.ts';
import { problem } from '../../kit/problem.ts';
import { historyFeed } from '../adapters/alert-history.ts';
import type { Arrivals } from '../adapters/arrivals.ts';
import type { HealthLog } from '../adapters/health-log.ts';
import { hopFeed } from '../adapters/hop-feed.ts';
import type { LogStore } from '../adapters/log-port.ts';
import { monitoring } from '../contract.ts';
import { cursorIn, cursorText, type Cursor, type Position } from '../domain/cursor.ts';
import { topicNames, topicsIn, type TopicName } from '../domain/topic.ts';
import { termsOf } from './asked-logs.ts';
import { ANY_HOP, ANY_LINE } from './log-tail.ts';
import { numberedTopic, told, type News, type Topic } from './topic.ts';

interface Means { readonly database: Database; readonly logs: LogStore; readonly health: HealthLog; readonly arrivals: Arrivals }

/** What another replica has written is seen by asking; health has no other sign. */
const ASK_MS = 1000;
const TOGETHER_MS = 100;
/** Between two looks at all workloads that are told, changed or not: they say how fresh they are. */
const SEEN_MS = 2000;
const { routes } = monitoring;
/** Each topic tells what a route of its own tells, and to nobody else. */
const access: Readonly<Record<TopicName, Role>> = { hops: routes.journey.access, logs: routes.logTail.access, health: routes.workloads.access, alerts: routes.alertHistory.access };

/** GET /v1/events */
export function events(means: Means) {
  return async ({ query, header, person, signal }: RouteRequest): Promise<Answer> => {
    const names = namesIn(String(query['topics']));
    mayHear(names, person?.roles ?? []);
    const traceId = typeof query['traceId'] === 'string' ? query['traceId'] : undefined;
    const open: Readonly<Record<TopicName, () => Topic>> = {
      hops: () => numberedTopic({ name: 'hops', feed: hopFeed(means.database, traceId), page: 200, event: 'hops', dataOf: (hops) => ({ hops }) }),
      logs: () => logTopic(means.logs, query),
      health: () => healthTopic(means.health),
      alerts: () => numberedTopic({ name: 'alerts', feed: historyFeed(means.database), page: 200, event: 'alerts', dataOf: (entries) => ({ entries }) }),
    };
    const topics = names.map((name) => open[name]());
    const came = header('last-event-id') ?? (typeof query['after'] === 'string' ? query['after'] : undefined);
    // Without ids: whoever is cut off in the middle of them comes back with the old one, and is told all of them again.
    const cursor: Cursor | undefined = came === undefined ? {} : cursorIn(came);
    // Before anything is answered: a source that is away is a refusal, not a stream that breaks off.
    const begun = await Promise.all(topics.map(async (topic) => ({ topic, known: cursor !== undefined, ...await topic.begin(cursor?.[topic.name]) })));
    const wakers = [...(names.includes('hops') ? [traceId ?? ANY_HOP] : []), ...(names.includes('logs') ? [ANY_LINE] : [])];
    return { status: 200, events: follow({ begun, wakers, arrivals: means.arrivals, health: names.includes('health') ? means.health : undefined }, signal) };
  };
}

function namesIn(text: string): readonly TopicName[] {
  const names = topicsIn(text);
  if (!('unknown' in names)) return names;
  throw problem('invalid_params', `There is no topic "${names.unknown.slice(0, 50)}".`, { errors: [{ path: '/topics', message: `must be some of ${topicNames.join(', ')}` }], fix: `Name some of ${topicNames.join(', ')}, with commas between them.` });
}

/** @param needed by topic; who may not hear one of them hears none: an answer with less than was asked for would look whole */
export function mayHear(names: readonly TopicName[], roles: readonly Role[], needed: Readonly<Record<TopicName, Role>> = access): void {
  for (const name of names) {
    if (!mayAs(roles, needed[name])) throw problem('forbidden', `The topic ${name} needs the role ${needed[name]}.`, { fix: `Ask for the role, or leave ${name} out of the topics.` });
  }
}

function logTopic(store: LogStore, query: RouteRequest['query']): Topic {
  const terms = termsOf(query);
  const feed = { bounds: () => store.bounds(), since: (after: number, upTo: number, limit: number) => store.since(terms, after, upTo, limit) };
  return numberedTopic({ name: 'logs', feed, page: 500, event: 'lines', dataOf: (lines) => ({ lines }), earliestTold: (newest) => store.earliestTold(newest) });
}

function healthTopic(health: HealthLog): Topic {
  return numberedTopic({
    name: 'health', feed: health, page: 100, event: 'health', of: health.of,
    dataOf: (changes) => ({ workloads: changes.map(({ workload }) => workload) }), whole: () => ({ workloads: health.now() }),
  });
}

interface Begun { readonly topic: Topic; /** The id that was sent is one of this stream's, or none was sent. */ readonly known: boolean; readonly position: Position; readonly first: readonly News[] }
interface Following { readonly begun: readonly Begun[]; readonly wakers: readonly string[]; readonly arrivals: Arrivals; readonly health: HealthLog | undefined }

/** Topic by topic, one event of each at a time: a busy one holds back no other. The reader's pace is the stream's (kit/event-stream.ts). */
async function* follow({ begun, wakers, arrivals, health }: Following, signal: AbortSignal): AsyncGenerator<ServerEvent, void, void> {
  // Before the first look: nothing falls between the look and the wait.
  const waiting = arrivals.wait(...wakers);
  const places = new Map<TopicName, Position>();
  const id = () => cursorText(Object.fromEntries(places));
  let seenAt = -Infinity;
  try {
    for (const { topic, known, position, first } of begun) {
      places.set(topic.name, position);
      if (!known) yield told({ event: 'gap', data: { reason: 'The id that was sent is none that this stream gives.', after: null, goesOnAfter: position.at } }, topic.name);
      for (const news of first) yield told(news, topic.name);
    }
    // An id to come back with, also when nothing comes for long.
    yield { id: id(), event: 'begin', data: { topics: begun.map(({ topic: { name } }) => name) } };
    while (!signal.aborted) {
      let more = false;
      for (const { topic } of begun) {
        const next = await topic.next(places.get(topic.name) ?? { at: 0 });
        places.set(topic.name, next.position);
        more ||= next.more;
        if (next.news) yield { id: id(), ...told(next.news, topic.name) };
      }
      if (health && performance.now() - seenAt >= SEEN_MS) {
        seenAt = performance.now();
        // How they are, not what changed: it may be missed, so it moves no place.
        yield told({ event: 'seen', data: { workloads: health.now() } }, 'health');
      }
      if (more) continue;
      await waiting.next(ASK_MS, signal);
      // Each batch that is written wakes every stream: what comes within a moment is asked for once.
      await pause(TOGETHER_MS, signal);
    }
  } finally {
    waiting.forget();
  }
}
