import { formatRate, formatSeconds, formatShare } from '../figures/figure-text.ts';
import { bowOf, pathThrough, type Place } from '../workloads/line-path.ts';
import { labelOf } from './map-places.ts';
import type { SeenEdge } from './seen-edges.ts';

interface Props { readonly edge: SeenEdge; readonly points: readonly Place[]; readonly curved: boolean; readonly chosen: boolean; /** Of the range. */ readonly seconds: number }

/** One edge: its colour says whether it was seen; its figures stand over it. */
export function EdgeTrack({ edge, points, curved, chosen, seconds }: Props) {
  const path = pathOf(points, curved);
  const { x, y } = labelOf(points, curved);
  const { observed, standard, line } = edge;
  const dashes = standard ? '2 7' : line === 'message' ? '1 11' : undefined;
  return (
    <>
      <path d={path} fill="none" strokeWidth="22" className="stroke-transparent group-hover:stroke-sunk group-focus-visible:stroke-[var(--go)]/25" />
      <path d={path} fill="none" strokeLinecap="round" strokeLinejoin="round" strokeDasharray={dashes} strokeWidth={(standard ? 3 : 6) + (chosen ? 4 : 0)} className={strokeOf(edge)} />
      {observed && !standard && (
        <text x={x} y={y} textAnchor="middle" className="fill-ink stroke-panel stroke-[5px] text-[13px] font-bold [paint-order:stroke] [stroke-linejoin:round]">
          {formatRate(observed.requests / seconds)}/s{observed.p99 !== null && <tspan className="fill-dim font-normal"> {formatSeconds(observed.p99)}</tspan>}{observed.errors > 0 && <tspan className="fill-[var(--wrong)]"> {formatShare(observed.errors, observed.requests)}</tspan>}
        </text>
      )}
    </>
  );
}

function pathOf(points: readonly Place[], curved: boolean): string {
  const [from, to] = [points[0], points.at(-1)];
  return curved && from && to ? bowOf(from, to).path : pathThrough(points, { upright: false });
}

export function strokeOf({ standing }: SeenEdge): string {
  return standing === 'undeclared' ? 'stroke-[var(--wrong)]' : standing === 'unseen' ? 'stroke-[var(--rule)]' : 'stroke-[var(--line)]';
}
