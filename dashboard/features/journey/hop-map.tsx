'use client';
import { memo, useCallback, useEffect, useMemo } from 'react';
import type { Declared } from '../../api/declared.ts';
import type { LogLine } from '../../api/monitoring.ts';
import { formatDuration } from '../../ui/format.ts';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { declarationOf } from './declaration.ts';
import { factOf } from './hop-fact.ts';
import { HopStop, idOf, type Placed } from './hop-stop.tsx';
import { extentOf, hopTree, type Hop, type HopRow } from './hop-tree.ts';
import { ManyHops, type Sought } from './many-hops.tsx';

interface Props {
  readonly hops: readonly Hop[];
  readonly logs: readonly LogLine[];
  /** Absent while it is being read, or when it cannot be. */
  readonly graph: Declared | undefined;
  readonly environment: string;
  /** The hop that is to be brought into sight: each time a new object. */
  readonly sought?: Sought | undefined;
}

/** The whole request as a line map: every hop a stop, every call a branch, time running to the right. */
export const HopMap = memo(function HopMap({ hops, logs, graph, environment, sought }: Props) {
  const [open, setOpen] = useUrlState('hop');
  const rows = useMemo(() => hopTree(hops), [hops]);
  const whole = useMemo(() => extentOf(hops), [hops]);
  const logsOf = useMemo(() => Map.groupBy(logs, ({ spanId }) => spanId), [logs]);
  const declarations = useMemo(() => new Map(graph && hops.map((hop) => [hop.spanId, declarationOf(hop, graph)])), [hops, graph]);
  const toggle = useCallback((spanId: string, opened: boolean) => setOpen(opened ? null : spanId), [setOpen]);
  useEffect(() => { if (sought) document.getElementById(idOf(sought.spanId))?.closest('li')?.querySelector('button')?.focus(); }, [sought]);
  const stop = (row: HopRow, placed?: Placed) => (
    <HopStop key={row.hop.spanId} row={row} {...placed} whole={whole} environment={environment}
      declaration={declarations.get(row.hop.spanId)}
      logs={logsOf.get(row.hop.spanId) ?? none}
      open={open === row.hop.spanId}
      onToggle={toggle} />
  );
  return (
    <section className="panel hop-map overflow-clip">
      <Legend hops={hops} tookMs={whole.durationMs} />
      {rows.length > most
        ? <ManyHops rows={rows} open={open} sought={sought} draw={stop} />
        : <ol aria-label={journeyTexts.mapLabel}>{rows.map((row) => stop(row))}</ol>}
    </section>
  );
});

/** More than these are not all in the document at once. */
const most = 300;
/** The same each time, so that a hop without lines is not drawn anew. */
const none: readonly LogLine[] = [];

/** Only the lines that this journey rides, beside the scale of its clock. */
function Legend({ hops, tookMs }: { readonly hops: readonly Hop[]; readonly tookMs: number }) {
  const kinds = [...new Set(hops.map((hop) => factOf(hop).kind))];
  return (
    <div className="grid gap-x-4 border-b border-rule bg-sunk px-3 py-2 text-sm sm:px-5 lg:grid-cols-[minmax(0,1fr)_20rem_5.5rem]">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {kinds.map((kind) => (
          <li key={kind} data-line={kind} className="flex items-center gap-2 font-bold">
            <span className={`h-1.5 w-5 rounded-full ${kind === 'message' ? 'bg-[repeating-linear-gradient(90deg,var(--line)_0_5px,transparent_5px_8px)]' : 'bg-line'}`} aria-hidden="true" />{journeyTexts.line[kind]}
          </li>
        ))}
      </ul>
      <div className="hidden justify-between text-dim lg:flex" aria-hidden="true"><span>0</span><span>{formatDuration(tookMs / 2)}</span><span>{formatDuration(tookMs)}</span></div>
    </div>
  );
}
