import type { ReactNode } from 'react';
import type { Place } from '../workloads/line-path.ts';
import { below } from './map-places.ts';
import { strokeOf } from './edge-track.tsx';
import type { SeenEdge } from './seen-edges.ts';

interface Props { readonly name: string; readonly place: Place; readonly health: string; readonly uses: readonly SeenEdge[]; readonly wrap: (edge: SeenEdge, child: ReactNode) => ReactNode }

/** A workload, and under it the backings that only it uses. */
export function MapStop({ name, place: { x, y }, health, uses, wrap }: Props) {
  return (
    <>
      <g data-health={health} className="[paint-order:stroke] [stroke-linejoin:round]">
        <title>{`${name}: ${health}`}</title>
        <circle cx={x} cy={y} r="12" strokeWidth="5" className="fill-panel stroke-[var(--line)]" />
        {health !== 'Healthy' && <circle cx={x} cy={y} r="4.5" className="fill-[var(--line)]" />}
        <text x={x} y={y + below.name} textAnchor="middle" className="fill-ink stroke-panel stroke-[5px] text-[16px] font-extrabold">{name}</text>
      </g>
      {uses.map((edge, index) => wrap(edge, (
        <g className="[paint-order:stroke] [stroke-linejoin:round]">
          <line x1={x - 54} x2={x - 38} y1={y + below.backing + index * below.each - 4} y2={y + below.backing + index * below.each - 4} strokeWidth="5" strokeLinecap="round" className={strokeOf(edge)} />
          <text x={x - 30} y={y + below.backing + index * below.each} className={`stroke-panel stroke-[5px] text-[13px] group-hover:underline group-focus-visible:underline ${edge.standing === 'unseen' ? 'fill-dim' : 'fill-ink'}`}>{edge.to}</text>
        </g>
      )))}
    </>
  );
}
