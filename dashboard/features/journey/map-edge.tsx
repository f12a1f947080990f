import type { Place } from '../workloads/line-path.ts';
import type { Mark } from './way.ts';

interface Props {
  readonly path: string;
  /** Where its turn stands; for a backing, the backing itself. */
  readonly middle: Place;
  /** The name of a backing; a line between stations has none. */
  readonly label: string | undefined;
  readonly mark: Mark | undefined;
  readonly dashed: boolean;
}

/** One reference: thin and grey while it lies ahead; its colour once a hop went over it; a glow while one is under way. */
export function MapEdge({ path, middle, label, mark, dashed }: Props) {
  const ahead = mark === undefined;
  const stroke = ahead ? 'stroke-[var(--ahead)]' : mark.failed ? 'stroke-[var(--wrong)]' : 'stroke-[var(--line)]';
  const shape = { d: path, fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
  return (
    <>
      {!ahead && <path {...shape} strokeWidth={label === undefined ? 20 : 14} className="stroke-transparent group-hover:stroke-sunk group-focus-visible:stroke-[var(--go)]/30 group-aria-[current]:stroke-[var(--ink)]/20" />}
      {mark?.underWay && <path {...shape} strokeWidth={label === undefined ? 16 : 12} className={`${stroke} opacity-35 motion-safe:animate-pulse`} />}
      <path {...shape} strokeWidth={ahead ? 3 : label === undefined ? 6 : 4} strokeDasharray={dashed ? (ahead ? '1 8' : '1 11') : undefined} className={stroke} />
      {mark ? <Turn place={middle} mark={mark} stroke={stroke} /> : label !== undefined && <circle cx={middle.x} cy={middle.y} r="4" className="fill-[var(--ahead)]" />}
      {label !== undefined && (
        <text x={middle.x + 14} y={middle.y + 4.5} className={`stroke-panel stroke-[4px] text-[12px] sm:text-[13px] [paint-order:stroke] [stroke-linejoin:round] group-hover:underline group-focus-visible:underline ${ahead ? 'fill-dim' : mark.failed ? 'fill-[var(--wrong)] font-bold' : 'fill-ink font-bold'}`}>{label}</text>
      )}
    </>
  );
}

function Turn({ place: { x, y }, mark, stroke }: { readonly place: Place; readonly mark: Mark; readonly stroke: string }) {
  return (
    <g aria-hidden="true">
      <circle cx={x} cy={y} r="9" strokeWidth="2.5" className={`fill-panel ${stroke}`} />
      <text x={x} y={y + 4} textAnchor="middle" className="fill-ink text-[11px] font-extrabold">{mark.turn}</text>
    </g>
  );
}
