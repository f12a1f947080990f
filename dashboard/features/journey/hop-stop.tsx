'use client';
import { memo, useEffect, useRef } from 'react';
import type { LogLine } from '../../api/monitoring.ts';
import { formatDuration } from '../../ui/format.ts';
import { Breaking, PathText } from '../../ui/path-text.tsx';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { sourceTexts } from '../../ui/texts/sources.ts';
import type { Declaration } from './declaration.ts';
import { factOf } from './hop-fact.ts';
import { HopDetail } from './hop-detail.tsx';
import { HopFactText } from './hop-fact-text.tsx';
import { HopRail } from './hop-rail.tsx';
import { placeOf, type HopRow, type Span } from './hop-tree.ts';

/** Which of many hops it is, while it is in sight; where it stands is written past React (many-hops.tsx). */
export interface Placed {
  readonly measure: (element: Element | null) => void;
  readonly index: number;
  readonly of: number;
}

interface Props extends Partial<Placed> {
  readonly row: HopRow;
  readonly whole: Span;
  readonly declaration: Declaration | undefined;
  readonly environment: string;
  readonly logs: readonly LogLine[];
  readonly open: boolean;
  readonly onToggle: (spanId: string, opened: boolean) => void;
}

/** One hop: its stop on the map, what it did, when, and the line of the model that allows it. A journey may have thousands: each is drawn when it changes. */
export const HopStop = memo(function HopStop({ row, whole, declaration, environment, logs, open, onToggle, measure, index = 0, of }: Props) {
  const { hop } = row;
  const fact = factOf(hop);
  const failed = hop.status === 'error';
  const detailId = idOf(hop.spanId);
  const place = useRef<HTMLLIElement>(null);
  const linked = useRef(open && !measure);
  // A link to a hop shows it; one that is opened by hand is in sight already.
  useEffect(() => { if (linked.current) place.current?.scrollIntoView({ block: 'start' }); }, []);
  const many = measure && { ref: measure, 'data-index': index, 'aria-setsize': of, 'aria-posinset': index + 1 };
  return (
    <li ref={place} data-line={fact.kind} data-hop={hop.spanId} data-under-way={hop.open} className={`${open ? 'bg-sunk' : ''} ${many ? 'absolute inset-x-0 top-0 [contain:content]' : ''}`} {...many}>
      <div className="relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 px-3 hover:bg-sunk sm:px-5 lg:grid-cols-[auto_minmax(0,1fr)_20rem_5.5rem] lg:gap-x-4">
        <HopRail row={row} failed={failed} />
        <div className="min-w-0 py-2.5">
          <div className="flex items-baseline justify-between gap-3">
            <h2 className="min-w-0 text-base [text-wrap:wrap] leading-7 tracking-normal">
              <button type="button" aria-expanded={open} aria-controls={detailId} onClick={() => onToggle(hop.spanId, open)} className="max-w-full text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-go">
                <span className="font-extrabold">{hop.service}</span> <span className="font-normal [overflow-wrap:break-word]"><Breaking text={hop.name} /></span>
                {fact.kind === 'request' && fact.status !== undefined && <strong className={fact.status >= 400 ? 'text-wrong' : undefined}> {fact.status}</strong>}
                {failed && <strong className="text-wrong"> {journeyTexts.failed}</strong>}
                {hop.open && <strong className="text-go"> {journeyTexts.underWay}</strong>}
              </button>
            </h2>
            <span className="shrink-0 font-bold lg:hidden">{formatDuration(hop.durationMs)}</span>
          </div>
          <HopFactText fact={fact} name={hop.name} />
          <DeclaredAt declaration={declaration} environment={environment} />
        </div>
        <TimeBar hop={hop} whole={whole} failed={failed} underWay={hop.open === true} />
        <span className="hidden pt-2.5 text-right leading-7 font-bold lg:block">{formatDuration(hop.durationMs)}</span>
        <div id={detailId} hidden={!open} className="relative z-1 col-span-full col-start-2 min-w-0 cursor-auto">
          {open && <HopDetail hop={hop} fact={fact} logs={logs} declaration={declaration} environment={environment} />}
        </div>
      </div>
    </li>
  );
});

/** Of what a hop opens. */
export function idOf(spanId: string): string {
  return `hop-${spanId}`;
}

function DeclaredAt({ declaration, environment }: { readonly declaration: Declaration | undefined; readonly environment: string }) {
  return (
    <p className="mt-0.5 text-sm text-dim" data-declared={declaration?.kind}>
      {declaration?.kind === 'undeclared' && <strong className="text-wrong">{journeyTexts.undeclared(declaration.name, environment)}</strong>}
      {declaration?.kind === 'given' && sourceTexts.given(declaration.reference)}
      {declaration && 'line' in declaration && <>{journeyTexts.declaredAt} <PathText text={declaration.line} className="text-ink" /></>}
      {!declaration && <>{journeyTexts.declaredAt}: {journeyTexts.noGraph}</>}
    </p>
  );
}

function TimeBar({ hop, whole, failed, underWay }: { readonly hop: Span; readonly whole: Span; readonly failed: boolean; readonly underWay: boolean }) {
  const { left, width } = placeOf(hop, whole);
  return (
    <span aria-hidden="true" className="relative col-start-2 mb-2 block h-1.5 w-full bg-rule/50 lg:col-start-3 lg:mt-[1.1875rem] lg:mb-0 lg:h-3">
      <span className={`absolute inset-y-0 ${failed ? 'bg-wrong' : underWay ? 'bg-line opacity-40 motion-safe:animate-pulse' : 'bg-line'}`} style={{ left: `${left}%`, width: `${width}%` }} />
    </span>
  );
}
