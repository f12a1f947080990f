'use client';
import { useMemo } from 'react';
import type { By } from '../../api/metrics.ts';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { metricTexts as said } from '../../ui/texts/metrics.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { formatSeconds } from '../figures/figure-text.ts';
import { KeptNote } from '../figures/kept-note.tsx';
import { RangeChoice } from '../figures/range-choice.tsx';
import { figuresEveryMs } from '../figures/use-figures.ts';
import { useRange } from '../figures/use-range.ts';
import { Chart } from './chart.tsx';
import { FamilyChart } from './family-chart.tsx';
import { FigureTable } from './figure-table.tsx';
import { RangeMoves } from './range-moves.tsx';
import { useLines } from './use-lines.ts';

const bys = ['service', 'route', 'edge', 'query'] as const satisfies readonly By[];

/** Requests, errors and durations over time, live; and any other family that is kept. */
export function MetricsView() {
  const [range, setRange] = useRange();
  const [text, setBy] = useUrlState('by');
  const by = bys.find((each) => each === text) ?? 'service';
  const { data, lines, live, tick, error, refetch, dataUpdatedAt } = useLines(by, range);
  const zoom = (from: number, to: number) => { if (to - from >= 2000) setRange({ kind: 'fixed', from, to }); };
  const charts = useMemo(() => lines && (['rate', 'errors', 'p99'] as const).map((kind) => ({ kind, drawn: lines.lines.map((line) => ({ name: line.key, values: line[kind] })) })), [lines]);
  const dots = useMemo(() => lines?.exemplars.map(({ at, seconds, traceId }) => ({ x: at / 1000, y: seconds, href: `/journeys/${traceId}`, label: said.exemplar(formatSeconds(seconds)) })), [lines]);
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        <div className="grid justify-items-start gap-1 lg:justify-items-end">
          <RangeChoice />
          <RangeMoves />
          <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={live} everyMs={range.kind === 'last' && Math.max(figuresEveryMs, 4000)} />
        </div>
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <LoadingNote text={said.loading} />}
      <div className="grid gap-6">
        {data && (
          <section aria-label={said.title} className="panel grid min-w-0 gap-5 p-4 sm:p-5">
            <div role="group" aria-label={said.by} className="flex flex-wrap gap-1">
              {bys.map((each) => <button key={each} type="button" aria-pressed={each === by} onClick={() => setBy(each)} className={`min-h-9 rounded px-2.5 font-bold ${each === by ? 'bg-sign text-sign-ink dark:bg-ink dark:text-ground' : 'text-go hover:underline'}`}>{said.bys[each]}</button>)}
            </div>
            {data.groups.length === 0 && <EmptyNote title={said.none} next={said.noneNext} />}
            {lines && charts && data.groups.length > 0 && charts.map(({ kind, drawn }) => (
              <Chart key={kind} name={said.charts[kind]} unit={said.units[kind]} label={said.chartLabel(said.charts[kind], drawn.length)} at={lines.at} lines={drawn} onZoom={zoom} {...(kind === 'p99' && dots && { dots })} />
            ))}
            {data.groups.length > (lines?.lines.length ?? 0) && lines && <p className="text-sm text-dim">{said.most(lines.lines.length, data.groups.length)}</p>}
            {data.groups.length > 0 && <FigureTable groups={data.groups} drawn={lines?.lines.length ?? 0} />}
            <KeptNote source={data.source} resolution={data.resolution} keptSeconds={data.keptSeconds} />
          </section>
        )}
        <FamilyChart range={range} tick={tick} onZoom={zoom} />
      </div>
    </>
  );
}
