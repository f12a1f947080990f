import { monitoring } from '../../../services/monitoring/contract.ts';
import type { Journey } from '../../api/monitoring.ts';
import { brokenJourney, fakeJourney } from '../fake-journey.ts';
import { on, randomHex, signedIn, type Answer } from './refusal.ts';

/** @param endsAt the service that could not be reached */
export interface Known { readonly startedAt: number; readonly endsAt?: string; readonly demo?: true }
export type KnownJourneys = ReadonlyMap<string, Known>;

/** More than a page of them, a minute apart, the newest two hours old; every fifth failed. Only `many@localhost` has them. */
export function olderJourneys(count = 130, now = Date.now()): KnownJourneys {
  return new Map(Array.from({ length: count }, (_, index) => [randomHex(32), { startedAt: now - 7_200_000 - (count - index) * 60_000, ...(index % 5 === 0 && { endsAt: 'configuration' }) }]));
}

/** The list, which filters as monitoring does (services/monitoring/domain/journey-fit.ts). */
export function journeyList(known: KnownJourneys, older: KnownJourneys): Answer {
  return on(monitoring.routes.journeys, ({ person, query }) => {
    const all = [...(signedIn(person).name === 'many@localhost' ? older : []), ...known].map(([traceId, one]) => ({ traceId, ...one, whole: wholeOf(traceId, one) })).filter(({ whole }) => whole.hops.length > 0);
    const fitting = all.map(({ traceId, startedAt, endsAt, demo = false, whole }) => ({
      whole, at: `${startedAt}000000-${traceId}`,
      summary: { traceId, name: 'POST /v1/deployments', startedAt, durationMs: endsAt ? 14.2 : 109.7, hops: endsAt ? 6 : 18, status: endsAt ? 'error' as const : 'ok' as const, demo },
    })).filter(({ whole, at, summary: { name, startedAt, durationMs, status, demo } }) => {
      const { service, route, text, traffic, before } = query;
      return (service === undefined || whole.hops.some((hop) => hop.service === service)) && (route === undefined || name === route) && (text === undefined || textOf(whole).includes(text))
        && (query['status'] === undefined || status === query['status']) && (traffic === undefined || demo === (traffic === 'demo'))
        && durationMs >= Number(query['minMs'] ?? 0) && durationMs <= Number(query['maxMs'] ?? Infinity)
        && startedAt >= Number(query['from'] ?? 0) && startedAt < Number(query['to'] ?? Infinity) && (before === undefined || at < before);
    }).toSorted((a, b) => (a.at < b.at ? 1 : -1));
    const limit = Number(query['limit'] ?? 50);
    return { journeys: fitting.slice(0, limit).map(({ summary }) => summary), next: fitting.length >= limit ? fitting[limit - 1]?.at ?? null : null, source: 'own' as const };
  });
}

export function wholeOf(traceId: string, { startedAt, endsAt }: Known): Journey {
  return endsAt ? brokenJourney(traceId, startedAt, endsAt) : fakeJourney(traceId, startedAt, Date.now() - startedAt);
}

function textOf({ hops, logs }: Journey): string {
  return [...hops.flatMap(({ name, message = '', attributes }) => [name, message, JSON.stringify(attributes)]), ...logs.map(({ message }) => message)].join('\n');
}
