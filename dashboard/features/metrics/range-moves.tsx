'use client';
import Link from 'next/link';
import { metricTexts as said } from '../../ui/texts/metrics.ts';
import { spanOf } from '../figures/range.ts';
import { useRange } from '../figures/use-range.ts';

/** What dragging does, by keys: each is a step that Back undoes. */
export function RangeMoves() {
  const [range, setRange] = useRange();
  const move = (shift: number, scale: number) => () => {
    const { from, to } = spanOf(range, Date.now());
    const [middle, half] = [(from + to) / 2 + (to - from) * shift, ((to - from) / 2) * scale];
    if (half >= 1000) setRange({ kind: 'fixed', from: Math.round(middle - half), to: Math.min(Math.round(middle + half), Math.floor(Date.now() / 1000) * 1000) });
  };
  return (
    <div role="group" aria-label={said.move} className="flex flex-wrap gap-3 text-sm font-bold text-go">
      {([[said.earlier, -0.5, 1], [said.later, 0.5, 1], [said.closer, 0, 0.5], [said.farther, 0, 2]] as const).map(([name, shift, scale]) => <button key={name} type="button" className="min-h-7 underline-offset-4 hover:underline" onClick={move(shift, scale)}>{name}</button>)}
      {range.kind === 'fixed' && <Link className="flex min-h-7 items-center underline-offset-4 hover:underline" href={`/journeys?from=${range.from}&to=${range.to}`}>{said.journeys}</Link>}
    </div>
  );
}
