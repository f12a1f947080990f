'use client';
import { useCallback, useMemo } from 'react';
import { exportPath } from '../../api/logs.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { logTexts as said } from '../../ui/texts/logs.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { LineApart } from './line-apart.tsx';
import { LiveBar } from './live-bar.tsx';
import { LogChart } from './log-chart.tsx';
import { LogFacets } from './log-facets.tsx';
import { LogRow } from './log-row.tsx';
import { LogSearch } from './log-search.tsx';
import { askedIn, merged, openIn, questionOf, withTerm } from './question.ts';
import { useLogCounts, useLogs } from './use-logs.ts';
import { TelemetryNote } from './telemetry-note.tsx';
import { useTail } from './use-tail.ts';
import { useAway } from './use-away.ts';
import { useExport } from './use-export.ts';

/** Lines of all workloads: searched, counted, followed. */
export function LogsView() {
  const [params, setParams] = useUrlStates();
  const key = askedIn(params);
  // What was found stays while it is read, though its range ends now.
  const question = useMemo(() => questionOf(new URLSearchParams(key), Date.now()), [key]);
  const search = useLogs(question);
  const { histogram, facets, error: noCounts, again } = useLogCounts(key);
  const followed = params.get('live') === 'on' && question.to === undefined;
  const away = useAway();
  const open = openIn(params);
  const tail = useTail(question.query, followed, away || open !== undefined);
  const lines = useMemo(() => merged(tail.lines, ...(search.data?.pages ?? []).map((page) => page.lines)), [tail.lines, search.data]);
  const apart = open !== undefined && !search.isPending && !search.isPlaceholderData && !lines.some(({ id }) => id === open) ? open : undefined;
  const error = search.error ?? noCounts;
  const exported = useExport(exportPath(question));
  const toggle = useCallback((id: number, opened: boolean) => setParams({ line: opened ? null : String(id) }), [setParams]);
  return (
    <>
      <PageHead title={said.title} lead={said.lead} />
      <TelemetryNote />
      <LogSearch params={params} onChange={setParams} exportPath={exportPath(question)} exporting={exported.busy} onExport={exported.start} />
      {exported.error && <div className="mb-4" data-export-refused><ProblemNotice problem={problemOf(exported.error)} onRetry={exported.start} /></div>}
      {error && <div className="mb-4"><ProblemNotice problem={problemOf(error)} onRetry={() => { void search.refetch(); again(); }} /></div>}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_15rem]">
        <div className="grid min-w-0 gap-4">
          {apart !== undefined && <LineApart id={apart} onToggle={toggle} />}
          {histogram && <LogChart histogram={histogram} onZoom={(from, to) => setParams({ from: String(from), to: String(to), live: null, line: null })} />}
          <section aria-label={said.title} className="panel min-w-0 overflow-clip">
            <LiveBar on={followed} possible={question.to === undefined} tail={tail} foundAt={search.dataUpdatedAt} lost={noCounts !== null} onSwitch={(on) => setParams({ live: on ? 'on' : null, line: null })} />
            <ol className="divide-y divide-rule">{lines.map((line) => <LogRow key={line.id} line={line} open={line.id === open} onToggle={toggle} />)}</ol>
            {search.hasNextPage && <p className="border-t border-rule p-3 text-center"><button type="button" className="button-plain" disabled={search.isFetchingNextPage} onClick={() => void search.fetchNextPage()}>{search.isFetchingNextPage ? said.busy : said.older}</button></p>}
          </section>
          {search.data && lines.length === 0 && <EmptyNote title={said.none} next={said.noneNext} />}
          {!search.data && !search.error && <LoadingNote text={said.loading} />}
        </div>
        {facets && <LogFacets facets={facets} onTerm={(term) => setParams({ q: withTerm(question.query, term), line: null })} />}
      </div>
    </>
  );
}
