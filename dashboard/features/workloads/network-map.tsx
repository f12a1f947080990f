'use client';
import { useMemo } from 'react';
import type { Workload } from '../../api/monitoring.ts';
import { overviewTexts } from '../../ui/texts/overview.ts';
import { useDeclared } from '../use-declared.ts';
import { pathThrough } from './line-path.ts';
import { networkOf, type Line, type Network, type Station } from './network-layout.ts';

const said = overviewTexts.map;
/** Local is where this dashboard's own workloads run; the other environments declare the same references. */
const here = 'local';

/** The declared references as a line map, with the health of each station. Absent until the graph is there. */
export function NetworkMap({ workloads, consumes }: { readonly workloads: readonly Workload[] | undefined; readonly consumes: readonly string[] }) {
  const { data: graph } = useDeclared(here);
  const network = useMemo(() => graph && networkOf(graph, new Set(consumes)), [graph, consumes]);
  if (!network || network.stations.length === 0) return null;
  const health = new Map(workloads?.map((workload) => [workload.name, workload.health]));
  return (
    <section aria-labelledby="network" className="panel order-1 min-w-0 overflow-clip">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 pt-3 sm:px-5">
        <h2 id="network" className="text-2xl">{said.title}</h2>
        <ul className="flex gap-5 text-sm font-bold">
          <li data-line="request" className="flex items-center gap-2"><Sample />{said.calls}</li>
          <li data-line="message" className="flex items-center gap-2"><Sample dashed />{said.messages}</li>
        </ul>
      </header>
      <Drawing network={network} health={health} upright={false} className="hidden sm:block" />
      <Drawing network={network} health={health} upright className="sm:hidden" />
    </section>
  );
}

interface DrawingProps { readonly network: Network; readonly health: ReadonlyMap<string, string>; readonly upright: boolean; readonly className: string }

function Drawing({ network, health, upright, className }: DrawingProps) {
  const step = upright ? { along: 106, across: 86 } : { along: 196, across: 84 };
  const at = ({ column, row }: { readonly column: number; readonly row: number }) => upright
    ? { x: row * step.across + step.across / 2, y: column * step.along + 24 }
    : { x: column * step.along + 70, y: row * step.across + 26 };
  const lowest = Math.max(...network.stations.map((station) => at(station).y + (upright ? 38 : 62)), ...network.lines.flatMap(({ points }) => points.map((point) => at(point).y + 12)));
  const size = { width: upright ? network.rows * step.across : (network.columns - 1) * step.along + 160, height: lowest };
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} className={`w-full ${className}`} role="img" aria-label={said.label(network.stations.length, network.lines.length)}>
      {network.lines.map((line) => <Track key={line.reference + line.from} line={line} at={at} upright={upright} />)}
      {network.stations.map((station) => <Stop key={station.name} station={station} small={upright} health={health.get(station.name) ?? 'Unknown'} {...at(station)} />)}
    </svg>
  );
}

type At = (place: { readonly column: number; readonly row: number }) => { readonly x: number; readonly y: number };

function Track({ line, at, upright }: { readonly line: Line; readonly at: At; readonly upright: boolean }) {
  const dashed = line.kind === 'message';
  return (
    <path data-line={line.kind} d={pathThrough(line.points.map(at), { upright, bends: upright ? 'early' : 'middle' })} fill="none" strokeLinejoin="round" strokeWidth={dashed ? 5 : 6}
      strokeLinecap="round" strokeDasharray={dashed ? '1 10' : undefined} className="stroke-[var(--line)]"><title>{line.reference}</title></path>
  );
}

function Stop({ station: { name, backings }, small, health, x, y }: { readonly station: Station; readonly small: boolean; readonly health: string; readonly x: number; readonly y: number }) {
  return (
    <g data-health={health} className="[paint-order:stroke] [stroke-linejoin:round]">
      <title>{`${name}: ${health}`}</title>
      <circle cx={x} cy={y} r="11" strokeWidth="5" className="fill-panel stroke-[var(--line)]" />
      {health !== 'Healthy' && <circle cx={x} cy={y} r="4.5" className="fill-[var(--line)]" />}
      <text x={x} y={y + (small ? 27 : 31)} textAnchor="middle" className={`fill-ink stroke-panel stroke-[5px] font-extrabold ${small ? 'text-[12.5px]' : 'text-[15px]'}`}>{name}</text>
      {!small && <text x={x} y={y + 48} textAnchor="middle" className="fill-dim stroke-panel stroke-[5px] text-[12.5px]">{backings.join(', ')}</text>}
    </g>
  );
}

function Sample({ dashed = false }: { readonly dashed?: boolean }) {
  return <span className={`h-1.5 w-6 rounded-full ${dashed ? 'bg-[repeating-linear-gradient(90deg,var(--line)_0_6px,transparent_6px_9px)]' : 'bg-line'}`} aria-hidden="true" />;
}
