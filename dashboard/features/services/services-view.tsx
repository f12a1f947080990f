'use client';
import { lazy, Suspense, useMemo } from 'react';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LoadingNote } from '../../ui/state-note.tsx';
import { serviceTexts as said } from '../../ui/texts/services.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { KeptNote } from '../figures/kept-note.tsx';
import { RangeChoice } from '../figures/range-choice.tsx';
import { everyMsOf, useEdges, useFigures } from '../figures/use-figures.ts';
import { useRange } from '../figures/use-range.ts';
import { useSecond } from '../figures/use-second.ts';
import { useDeclared } from '../use-declared.ts';
import { useWorkloads } from '../workloads/use-workloads.ts';
import { EdgeTable } from './edge-table.tsx';
import { seenEdges } from './seen-edges.ts';
import { ServiceMap } from './service-map.tsx';
import { ServiceMatrix } from './service-matrix.tsx';

/** Asked for when an edge is opened. */
const EdgeDetail = lazy(async () => ({ default: (await import('./edge-detail.tsx')).EdgeDetail }));
/** Local is where this dashboard's own workloads run. */
const here = 'local';

/** Every workload with its figures; then who uses whom, declared beside observed. */
export function ServicesView({ consumes }: { readonly consumes: readonly string[] }) {
  const [range] = useRange();
  const [chosen, choose] = useUrlState('edge');
  const [standard, setStandard] = useUrlState('standard');
  const { data: workloads } = useWorkloads();
  const { data: graph, error: noGraph, refetch: askGraph } = useDeclared(here);
  const { data: figures, error, dataUpdatedAt, refetch } = useFigures('service', range);
  const { data: observed, error: noEdges, refetch: askEdges } = useEdges(range);
  const { second, live } = useSecond();
  const edges = useMemo(() => graph && observed && seenEdges(graph, observed.edges), [graph, observed]);
  const shown = edges?.filter((edge) => !edge.standard || standard !== null);
  const open = edges?.find(({ key }) => key === chosen);
  const seconds = observed ? (observed.to - observed.from) / 1000 : 1;
  const failed = error ?? noGraph ?? noEdges;
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        <div className="grid justify-items-start gap-1 lg:justify-items-end">
          <RangeChoice />
          <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={live && figures?.source !== 'prometheus'} everyMs={everyMsOf(range)} />
        </div>
      </PageHead>
      {failed && <div className="mb-5"><ProblemNotice problem={problemOf(failed)} onRetry={() => { void refetch(); void askGraph(); void askEdges(); }} /></div>}
      {!figures && !error && <LoadingNote text={said.loading} />}
      <div className="grid gap-6">
        {figures && <ServiceMatrix figures={figures} workloads={workloads ?? []} second={live ? second : undefined} graph={graph} />}
        {graph && shown && (
          <div className={`grid items-start gap-6 ${open ? 'xl:grid-cols-[minmax(0,1fr)_auto]' : ''}`}>
            <div className="grid min-w-0 gap-6">
              <ServiceMap graph={graph} edges={shown} seconds={seconds} consumes={consumes} chosen={open} onChoose={choose} standard={standard !== null} onStandard={(on) => setStandard(on ? '1' : null)} health={new Map(workloads?.map(({ name, health }) => [name, health]))} />
              <EdgeTable edges={shown} seconds={seconds} chosen={open} onChoose={choose} />
            </div>
            {open && <Suspense><EdgeDetail edge={open} environment={here} graph={graph} seconds={seconds} onClose={() => choose(null)} /></Suspense>}
          </div>
        )}
        {figures && <KeptNote source={figures.source} resolution={figures.resolution} keptSeconds={figures.keptSeconds} />}
      </div>
    </>
  );
}
