'use client';
import { lazy, Suspense, useMemo } from 'react';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { historyTexts as said } from '../../ui/texts/history.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMay } from '../session/use-may.ts';
import { EntryStop } from './entry-stop.tsx';
import { HistoryFilter } from './history-filter.tsx';
import { Holds } from './holds.tsx';
import { markedWith } from './marks.ts';
import { useHistory } from './use-history.ts';

const RollbackDialog = lazy(() => import('./rollback-dialog.tsx').then(({ RollbackDialog: dialog }) => ({ default: dialog })));
const Compare = lazy(() => import('./compare.tsx').then(({ Compare: section }) => ({ default: section })));
const commitShape = /^[0-9a-f]{40}$/;

/** main as a line: every merge a stop; two of them can be compared, each can be taken back. */
export function HistoryView() {
  const [params, setParams] = useUrlStates();
  const commitIn = (name: string) => (commitShape.test(params.get(name) ?? '') ? params.get(name) ?? undefined : undefined);
  const filter = { environment: params.get('environment') ?? undefined, workload: params.get('workload') ?? undefined };
  const { data, error, refetch, dataUpdatedAt, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(filter);
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries), [data]);
  const now = useNow();
  const may = useMay('operator');
  const [from, to, rollback] = [commitIn('from'), commitIn('to'), commitIn('rollback')];
  const marked = [from, to].filter((commit) => commit !== undefined);
  const filtered = filter.environment !== undefined || filter.workload !== undefined;
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        {data && <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={false} everyMs={4000} />}
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <LoadingNote text={said.loading} />}
      {from && to && <Suspense><Compare from={from} to={to} entries={entries ?? []} onClear={() => setParams({ from: null, to: null })} /></Suspense>}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-3">
          {entries && (entries.length > 0 || filtered) && <HistoryFilter entries={entries} {...filter} onChange={setParams} />}
          {entries?.length === 0 && (filtered ? <p className="panel p-5 text-dim">{said.nothing}</p> : <EmptyNote title={said.empty} next={said.emptyNext} />)}
          {entries && entries.length > 0 && (
            <>
              <p role="status" className="text-sm text-dim">{marked.length === 0 ? said.markNone : marked.length === 1 ? <strong className="text-ink">{said.markOne}</strong> : <button type="button" className="font-bold text-go underline-offset-4 hover:underline" onClick={() => setParams({ from: null, to: null })}>{said.clear}</button>}</p>
              <ol className="panel overflow-clip py-1">
                {entries.map((entry) => (
                  <EntryStop key={entry.commit} entry={entry} now={now} may={may} last={!hasNextPage} marked={marked.includes(entry.commit)}
                    onMark={() => setParams(markedWith(entry.commit, from, to, entries))} onRollback={() => setParams({ rollback: entry.commit })} />
                ))}
              </ol>
              {hasNextPage && <button type="button" className="button-plain justify-self-start" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{isFetchingNextPage ? said.olderBusy : said.older}</button>}
            </>
          )}
        </div>
        {data && <Holds />}
      </div>
      {rollback && may && entries && <Suspense><RollbackDialog commit={rollback} shown={entries.find(({ commit }) => commit === rollback)} onClose={() => setParams({ rollback: null })} /></Suspense>}
    </>
  );
}
