'use client';
import { useMemo } from 'react';
import type { Declared } from '../../api/declared.ts';
import type { Hop, LogLine } from '../../api/gateway.ts';
import { formatDuration } from '../../ui/format.ts';
import { texts } from '../../ui/texts.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { declarationOf } from './declaration.ts';
import { factOf } from './hop-fact.ts';
import { HopStop } from './hop-stop.tsx';
import { extentOf, hopTree } from './hop-tree.ts';

interface Props {
  readonly hops: readonly Hop[];
  readonly logs: readonly LogLine[];
  /** Absent while it is being read, or when it cannot be. */
  readonly graph: Declared | undefined;
  readonly environment: string;
}

/** The whole request as a line map: every hop a stop, every call a branch, time running to the right. */
export function HopMap({ hops, logs, graph, environment }: Props) {
  const [open, setOpen] = useUrlState('hop');
  const rows = useMemo(() => hopTree(hops), [hops]);
  const whole = useMemo(() => extentOf(hops), [hops]);
  return (
    <section className="panel hop-map overflow-clip">
      <Legend hops={hops} tookMs={whole.durationMs} />
      <ol aria-label={texts.journey.mapLabel}>
        {rows.map((row) => (
          <HopStop key={row.hop.spanId} row={row} whole={whole} environment={environment}
            declaration={graph && declarationOf(row.hop, graph)}
            logs={logs.filter(({ spanId }) => spanId === row.hop.spanId)}
            open={open === row.hop.spanId}
            onToggle={() => setOpen(open === row.hop.spanId ? null : row.hop.spanId)} />
        ))}
      </ol>
    </section>
  );
}

/** Only the lines that this journey rides, beside the scale of its clock. */
function Legend({ hops, tookMs }: { readonly hops: readonly Hop[]; readonly tookMs: number }) {
  const kinds = [...new Set(hops.map((hop) => factOf(hop).kind))];
  return (
    <div className="grid gap-x-4 border-b border-rule bg-sunk px-3 py-2 text-sm sm:px-5 lg:grid-cols-[minmax(0,1fr)_20rem_5.5rem]">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {kinds.map((kind) => (
          <li key={kind} data-line={kind} className="flex items-center gap-2 font-bold">
            <span className={`h-1.5 w-5 rounded-full ${kind === 'message' ? 'bg-[repeating-linear-gradient(90deg,var(--line)_0_5px,transparent_5px_8px)]' : 'bg-line'}`} aria-hidden="true" />{texts.journey.line[kind]}
          </li>
        ))}
      </ul>
      <div className="hidden justify-between text-dim lg:flex" aria-hidden="true"><span>0</span><span>{formatDuration(tookMs / 2)}</span><span>{formatDuration(tookMs)}</span></div>
    </div>
  );
}
