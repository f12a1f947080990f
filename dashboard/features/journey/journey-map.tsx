'use client';
import { memo, useId, useMemo } from 'react';
import type { Declared } from '../../api/declared.ts';
import type { Journey } from '../../api/monitoring.ts';
import { formatDuration } from '../../ui/format.ts';
import { journeyMapTexts as said } from '../../ui/texts/journey-map.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { networkOf } from '../workloads/network-layout.ts';
import { drawingOf } from './map-drawing.ts';
import { MapPicture } from './map-picture.tsx';
import { nextOf, standingOf, wayOf, type Mark, type Way } from './way.ts';

interface Props {
  /** Absent before the first hop: then all of the map lies ahead. */
  readonly journey: Journey | undefined;
  readonly graph: Declared;
  readonly consumes: readonly string[];
  /** Brings a hop of the list below into sight. */
  readonly onSeek: (spanId: string) => void;
}

/** Where the request went: the declared references as a line map, each lit by the hops that went over it, while they do. */
export const JourneyMap = memo(function JourneyMap({ journey, graph, consumes, onSeek }: Props) {
  const [selected, select] = useUrlState('hop');
  const titled = useId();
  const told = useId();
  const network = useMemo(() => networkOf(graph, new Set(consumes), { queues: 'stops' }), [graph, consumes]);
  const drawings = useMemo(() => ({ wide: drawingOf(network, false), tall: drawingOf(network, true) }), [network]);
  const way = useMemo(() => wayOf(journey ?? nothing, graph), [journey, graph]);
  const shared = { network, graph, way, selected, told, onChoose: (mark: Mark) => select(nextOf(mark, selected)) };
  return (
    <section aria-labelledby={titled} className="panel mb-5 min-w-0 overflow-clip" data-journey-map>
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 pt-3 sm:px-5">
        <h2 id={titled} className="text-xl">{said.title}</h2>
        <ul className="flex flex-wrap gap-x-5 text-sm font-bold">
          <li className="flex items-center gap-2"><Sample className="h-1 bg-[var(--ahead)]" />{said.standings.ahead}</li>
          <li data-line="request" className="flex items-center gap-2"><Sample className="h-1.5 bg-line" />{said.standings.gone}</li>
          <li data-line="request" className="flex items-center gap-2"><Sample className="h-2.5 bg-line opacity-50 motion-safe:animate-pulse" />{said.standings['under-way']}</li>
          <li className="flex items-center gap-2 text-wrong"><Sample className="h-1.5 bg-wrong" />{said.standings.failed}</li>
        </ul>
      </header>
      <p id={told} className="sr-only">{orderOf(way, graph)}</p>
      <MapPicture {...shared} drawing={drawings.wide} upright={false} className="hidden sm:block" />
      <MapPicture {...shared} drawing={drawings.tall} upright className="px-2 sm:hidden" />
      <Selected journey={journey} selected={selected} onSeek={onSeek} />
      {way.undeclared.length > 0 && <p className="border-t border-rule px-4 py-2 font-bold text-wrong sm:px-5">{said.undeclared(way.undeclared.length, graph.environment)}</p>}
    </section>
  );
});

const nothing = { hops: [], open: [] };

/** The whole picture in words: every reference that was ridden, in its turn. */
function orderOf({ edges }: Way, graph: Declared): string {
  const steps = [...edges].flatMap(([reference, mark]) => {
    const edge = graph.edges.find((each) => each.reference === reference);
    return edge ? [said.step(mark.turn, edge.from, edge.to, said.standings[standingOf(mark)])] : [];
  });
  return steps.length === 0 ? said.noStep : said.order(steps);
}

/** What was chosen, in one line: the map stays in sight, and the whole of it is one press away. */
function Selected({ journey, selected, onSeek }: { readonly journey: Journey | undefined; readonly selected: string | null; readonly onSeek: (spanId: string) => void }) {
  const ended = useMemo(() => journey?.hops.find(({ spanId }) => spanId === selected), [journey, selected]);
  const hop = ended ?? journey?.open.find(({ spanId }) => spanId === selected);
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-rule bg-sunk px-4 py-1.5 sm:px-5" aria-live="polite">
      {hop ? (
        <>
          <p className="min-w-0 [overflow-wrap:anywhere]" data-selected={hop.spanId}>
            <strong>{hop.service}</strong> {hop.name}
            {ended ? <span className="text-dim"> {formatDuration(ended.durationMs)}</span> : <strong className="text-go"> {said.standings['under-way']}</strong>}
            {ended?.status === 'error' && <strong className="text-wrong"> {said.standings.failed}</strong>}
          </p>
          <button type="button" className="button-plain" onClick={() => onSeek(hop.spanId)}>{said.seek}</button>
        </>
      ) : <p className="text-dim">{said.choose}</p>}
    </div>
  );
}

function Sample({ className }: { readonly className: string }) {
  return <span className={`w-6 rounded-full ${className}`} aria-hidden="true" />;
}
