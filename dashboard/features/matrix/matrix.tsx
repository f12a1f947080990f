'use client';
import { lazy, Suspense } from 'react';
import { CommitText } from '../../ui/commit-text.tsx';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { environmentTexts as said } from '../../ui/texts/environments.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { useNow } from '../../ui/use-now.ts';
import { acts } from '../change/acts.ts';
import { useMay } from '../session/use-may.ts';
import { EnvironmentList } from './environment-list.tsx';
import { nextOf } from './fleet.ts';
import { MatrixTable, type MatrixProps } from './matrix-table.tsx';
import { useEnvironments } from './use-environments.ts';

const ChangeDialog = lazy(() => import('../change/change-dialog.tsx').then(({ ChangeDialog: dialog }) => ({ default: dialog })));

/** Workload by environment: what main says, what runs, and every change that can be asked for. */
export function Matrix() {
  const { data: fleet, error, refetch, dataUpdatedAt, streamed, watched } = useEnvironments();
  const [params, setParams] = useUrlStates();
  const now = useNow();
  const may = useMay('operator');
  const environments = fleet?.environments ?? [];
  const act = acts.find((name) => name === params.get('act'));
  const inside = environments.find(({ name }) => name === params.get('in'));
  const shown: MatrixProps = {
    environments, head: fleet?.head ?? null, now, may, open: params.get('open'),
    onOpen: (open) => setParams({ open }),
    onAct: (name, environment, workload) => setParams({ act: name, in: environment, workload: workload ?? null }),
  };
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
          {fleet && <p>{fleet.head ? <>{said.main} <CommitText commit={fleet.head} /></> : said.noMain}</p>}
          {fleet && <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={streamed && watched} everyMs={streamed && watched ? 6000 : 2000} />}
        </div>
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!fleet && !error && <LoadingNote text={said.loading} rows={10} />}
      {fleet && environments.length === 0 && <EmptyNote title={said.empty} next={said.emptyNext} />}
      {environments.length > 0 && (
        <>
          <MatrixTable {...shown} />
          <EnvironmentList {...shown} />
          <footer className="mt-3 grid gap-1 text-sm text-dim">
            {environments.some(({ connected }) => !connected) && <p><strong>{said.notConnected}:</strong> {said.notConnectedSaid}</p>}
            {!may && <p className="font-bold text-ink">{roleTexts.operator}</p>}
          </footer>
        </>
      )}
      {act && inside && may && (
        <Suspense><ChangeDialog act={act} environment={inside} next={nextOf(environments, inside.name)} workload={params.get('workload') ?? undefined} onClose={() => setParams({ act: null, in: null, workload: null })} /></Suspense>
      )}
    </>
  );
}
