'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { journeysTexts as said } from '../../ui/texts/journeys.ts';
import { sourceTexts } from '../../ui/texts/sources.ts';
import { useNow } from '../../ui/use-now.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { JourneyRow } from './journey-row.tsx';
import { JourneySearch } from './journey-search.tsx';
import { useJourneyPages } from './use-journey-pages.ts';
import { askedNames, everyMsOf, wantedIn } from './wanted.ts';

const nothing = Object.fromEntries(askedNames.map((name) => [name, null]));

/** The requests that fit, newest first. */
export function JourneyList() {
  const [params, setParams] = useUrlStates();
  const wanted = useMemo(() => wantedIn(params), [params]);
  const { journeys, source, error, refetch, dataUpdatedAt, still, toNewest, hasNextPage, isFetchingNextPage, fetchNextPage } = useJourneyPages(wanted);
  const now = useNow();
  const longest = Math.max(1, ...(journeys ?? []).map(({ durationMs }) => durationMs));
  const filtered = Object.keys(wanted).length > 0;
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>{!still && <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={false} everyMs={everyMsOf(wanted)} />}</PageHead>
      {source === 'jaeger' && <p data-source={source} className="mb-4 text-dim">{sourceTexts.journeys}</p>}
      <JourneySearch params={params} onChange={setParams} />
      {error && <div className="mb-4"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!journeys && !error && <LoadingNote text={said.loading} />}
      {journeys?.length === 0 && (
        <EmptyNote title={filtered ? said.noneFits : said.empty} next={filtered ? said.noneFitsNext : said.emptyNext}>
          <p className="flex flex-wrap gap-3">
            {filtered && <button type="button" className="button-go" onClick={() => setParams(nothing)}>{said.clear}</button>}
            {filtered ? <Link className="button-plain min-h-11" href="/send">{said.send}</Link> : <Link className="button-go" href="/">{said.toOverview}</Link>}
          </p>
        </EmptyNote>
      )}
      {journeys && journeys.length > 0 && (
        <section aria-label={said.title} className="panel overflow-clip">
          <ul className="divide-y divide-rule">{journeys.map((journey) => <JourneyRow key={journey.traceId} journey={journey} longest={longest} now={now} />)}</ul>
          <p className="flex flex-wrap items-center justify-between gap-x-5 gap-y-2 border-t border-rule px-4 py-3 text-dim sm:px-5">
            <span role="status" data-shown={journeys.length}>{said.shown(journeys.length, hasNextPage)} {still && said.still}</span>
            <span className="flex flex-wrap gap-3">
              {still && <button type="button" className="button-plain text-go" onClick={toNewest}>{said.toNewest}</button>}
              {hasNextPage && <button type="button" className="button-plain text-go" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{isFetchingNextPage ? said.busy : said.older}</button>}
            </span>
          </p>
        </section>
      )}
    </>
  );
}
