'use client';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { faultTexts as said } from '../../ui/texts/faults.ts';
import { FaultForm } from './fault-form.tsx';
import { FaultsOn } from './faults-on.tsx';
import { faultsEveryMs, useFaults } from './use-faults.ts';

/** What is wrong on purpose, and the switch for more of it. */
export function FaultsView() {
  const { data, error, refetch, dataUpdatedAt } = useFaults();
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        {data && <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={false} everyMs={faultsEveryMs} />}
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <LoadingNote text={said.loading} rows={3} />}
      {data && !data.allowed && <EmptyNote title={said.forbidden} next={said.forbiddenNext} />}
      {data?.allowed && (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <FaultsOn list={data} />
          <FaultForm list={data} />
        </div>
      )}
    </>
  );
}
