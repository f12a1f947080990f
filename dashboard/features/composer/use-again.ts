'use client';
import { useQuery } from '@tanstack/react-query';
import { readJourney } from '../../api/journey.ts';
import type { Operation } from '../../api/openapi.ts';
import { composerTexts } from '../../ui/texts/composer.ts';
import type { Values } from './draft.ts';
import { matchOf } from './match.ts';
import { rootOf } from './root-of.ts';
import { sentAs } from './sent.ts';

const said = composerTexts.again;
const traceShape = /^[0-9a-f]{32}$/;

export interface Again {
  readonly operation?: Operation;
  readonly values?: Values;
  /** What is known of the request, and why the rest is not. */
  readonly note?: string;
  readonly reading?: boolean;
  /** Nothing is missing. */
  readonly whole: boolean;
}

/** The request of an earlier journey: as this tab sent it, else what its first hop says of it. */
export function useAgain(asked: string | null, operations: readonly Operation[] | undefined): Again {
  const traceId = asked !== null && traceShape.test(asked) ? asked : undefined;
  const own = traceId === undefined ? undefined : sentAs(traceId);
  const { data, isFetching } = useQuery({
    queryKey: ['again', traceId], enabled: traceId !== undefined && own === undefined, staleTime: Infinity,
    queryFn: async ({ signal }) => rootOf((await readJourney(traceId ?? '', signal)).hops) ?? null,
  });
  if (traceId === undefined || operations === undefined) return { whole: false };
  const sent = own ?? data ?? undefined;
  if (!sent) return isFetching ? { whole: false, reading: true, note: said.reading } : { whole: false, note: said.lost };
  const found = matchOf(operations, sent);
  if (!found) return { whole: false, note: said.lost };
  if (own?.whole) return { ...found, whole: true, note: said.known };
  return { ...found, whole: false, note: found.operation.body ? said.body : found.operation.parameters.some(({ in: place }) => place === 'query') ? said.query : said.known };
}
