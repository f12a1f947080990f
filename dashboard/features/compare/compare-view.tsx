'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { readJourney } from '../../api/journey.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { compareTexts as said } from '../../ui/texts/runs.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { useJourneyPages } from '../journeys/use-journey-pages.ts';
import { everything } from '../journeys/wanted.ts';
import { ComparedHops } from './compared-hops.tsx';
import { RunPicker } from './run-picker.tsx';

const traceShape = /^[0-9a-f]{32}$/;

/** Two runs side by side: what took longer, what went another way. */
export function CompareView() {
  const [params, setParams] = useUrlStates();
  const idIn = (name: string) => (traceShape.test(params.get(name) ?? '') ? params.get(name) ?? undefined : undefined);
  const [a, b] = [idIn('a'), idIn('b')];
  const [first, second] = [useRun(a), useRun(b)];
  const { journeys = [], hasNextPage, isFetchingNextPage, fetchNextPage } = useJourneyPages(everything);
  const error = first.error ?? second.error;
  return (
    <>
      <Link href="/journeys" className="mb-3 inline-block font-bold text-go underline-offset-4 hover:underline">← {journeyTexts.back}</Link>
      <PageHead title={said.title} lead={said.lead} />
      <div className="mb-2 grid items-end gap-x-5 gap-y-3 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <RunPicker journeys={journeys} label={said.first} chosen={a} like={b} onChange={(id) => setParams({ a: id })} />
        <button type="button" className="button-plain min-h-11" disabled={!a && !b} onClick={() => setParams({ a: b ?? null, b: a ?? null })}>{said.swap}</button>
        <RunPicker journeys={journeys} label={said.second} chosen={b} like={a} onChange={(id) => setParams({ b: id })} />
      </div>
      <p className="mb-5 flex min-h-9 flex-wrap items-center gap-x-4 text-dim" data-offered={journeys.length}>
        {journeys.length > 0 && said.offered(journeys.length)}
        {hasNextPage && <button type="button" className="button-plain text-go" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{isFetchingNextPage ? said.busy : said.older}</button>}
      </p>
      {error && <ProblemNotice problem={problemOf(error)} onRetry={() => { void first.refetch(); void second.refetch(); }} />}
      {(!a || !b) && <EmptyNote title={said.choose} next={said.chooseNext} />}
      {a && b && !error && (!first.data || !second.data) && <LoadingNote text={said.loading} rows={8} />}
      {first.data && second.data && <ComparedHops a={first.data.hops} b={second.data.hops} />}
    </>
  );
}

function useRun(traceId: string | undefined) {
  return useQuery({ queryKey: ['run', traceId], enabled: traceId !== undefined, staleTime: 10_000, queryFn: ({ signal }) => readJourney(traceId ?? '', signal) });
}
