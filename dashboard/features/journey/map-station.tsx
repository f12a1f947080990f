import type { Place } from '../workloads/line-path.ts';
import type { Mark } from './way.ts';

interface Props { readonly name: string; readonly place: Place; readonly queue: boolean; readonly mark: Mark | undefined; readonly upright: boolean }

/** A workload is a round stop, a queue a square one. Filled once a hop was there; a glow while one is. */
export function MapStation({ name, place: { x, y }, queue, mark, upright }: Props) {
  const failed = mark?.failed === true;
  const [fill, stroke] = !mark ? ['fill-panel', 'stroke-[var(--ahead)]'] : failed ? ['fill-[var(--wrong)]', 'stroke-[var(--wrong)]'] : ['fill-ink', 'stroke-[var(--ink)]'];
  const shape = (size: number, props: { readonly className: string; readonly strokeWidth?: string }) => (queue
    ? <rect x={x - size} y={y - size} width={size * 2} height={size * 2} rx={size / 3} {...props} />
    : <circle cx={x} cy={y} r={size} {...props} />);
  return (
    <>
      {shape(20, { className: 'fill-transparent group-hover:fill-sunk group-focus-visible:fill-[var(--go)]/30 group-aria-[current]:fill-[var(--ink)]/20' })}
      {mark?.underWay && shape(17, { className: `${failed ? 'fill-[var(--wrong)]' : 'fill-[var(--go)]'} opacity-35 motion-safe:animate-pulse` })}
      {shape(queue ? 9 : 11, { className: `fill-panel ${stroke}`, strokeWidth: '5' })}
      {mark && shape(4, { className: fill })}
      <text x={upright ? x + 17 : x - 11} y={upright ? y + 5 : y - 20} className={`stroke-panel stroke-[5px] font-extrabold ${upright ? 'text-[14px]' : 'text-[15px]'} [paint-order:stroke] [stroke-linejoin:round] ${!mark ? 'fill-dim' : failed ? 'fill-[var(--wrong)]' : 'fill-ink'}`}>{name}</text>
    </>
  );
}
