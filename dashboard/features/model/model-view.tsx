'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listEnvironments } from '../../api/fleet.ts';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { modelTexts as said } from '../../ui/texts/model.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { RangeChoice } from '../figures/range-choice.tsx';
import { everyMsOf, useEdges } from '../figures/use-figures.ts';
import { useRange } from '../figures/use-range.ts';
import { seenEdges } from '../services/seen-edges.ts';
import { useDeclared } from '../use-declared.ts';
import { declaringFiles } from './declaring-lines.ts';
import { LineSource } from './line-source.tsx';
import { ModelFile } from './model-file.tsx';

/** Local is where this dashboard's own workloads run. */
const here = 'local';

/** From the model to what happens: its lines, and what was seen of each. */
export function ModelView() {
  const [range] = useRange();
  const [chosen, choose] = useUrlState('line');
  const { data: graph, error, refetch } = useDeclared(here);
  const { data: observed, error: noEdges, refetch: askEdges, dataUpdatedAt } = useEdges(range);
  const { data: environments } = useQuery({ queryKey: ['environments'], queryFn: ({ signal }) => listEnvironments(signal), staleTime: 60_000 });
  const knobs = environments?.environments.find(({ name }) => name === here)?.knobs;
  const files = useMemo(() => graph && declaringFiles(graph, seenEdges(graph, observed?.edges ?? []), knobs ?? []), [graph, observed, knobs]);
  const open = files?.flatMap(({ lines }) => lines).find(({ at }) => at === chosen);
  const seconds = observed ? (observed.to - observed.from) / 1000 : undefined;
  const failed = error ?? noEdges;
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        <div className="grid justify-items-start gap-1 lg:justify-items-end">
          <RangeChoice />
          <LiveMark updatedAt={dataUpdatedAt} lost={noEdges !== null} streamed={false} everyMs={everyMsOf(range)} />
        </div>
      </PageHead>
      {failed && <div className="mb-5"><ProblemNotice problem={problemOf(failed)} onRetry={() => { void refetch(); void askEdges(); }} /></div>}
      {!files && !error && <LoadingNote text={said.loading} />}
      {files?.length === 0 && <EmptyNote title={said.empty} next={said.emptyNext} />}
      {files && files.length > 0 && (
        <div className={`grid items-start gap-6 ${open ? 'lg:grid-cols-[minmax(0,1fr)_26rem]' : ''}`}>
          <div className="order-2 grid min-w-0 gap-5 lg:order-1">{files.map((file) => <ModelFile key={file.path} file={file} seconds={seconds} chosen={chosen} onChoose={choose} />)}</div>
          {open && graph && <LineSource line={open} environment={here} graph={graph} onClose={() => choose(null)} />}
        </div>
      )}
    </>
  );
}
