'use client';
import { formatTime } from '../../ui/format.ts';
import { figureTexts as said } from '../../ui/texts/figures.ts';
import { useNow } from '../../ui/use-now.ts';
import { lasts } from './range.ts';
import { useRange } from './use-range.ts';

export function RangeChoice() {
  const [range, setRange] = useRange();
  const now = useNow(60_000);
  return (
    <div role="group" aria-label={said.range} className="flex flex-wrap items-center gap-1">
      {range.kind === 'fixed' && now > 0 && <span data-fixed className="mr-2 font-bold">{formatTime(range.from, now)} – {formatTime(range.to, now)}</span>}
      {lasts.map((last) => {
        const chosen = range.kind === 'last' && range.name === last.name;
        return <button key={last.name} type="button" aria-pressed={chosen} onClick={() => setRange(last)} className={`min-h-9 rounded px-2.5 font-bold ${chosen ? 'bg-sign text-sign-ink dark:bg-ink dark:text-ground' : 'text-go hover:underline'}`}>{said.last[last.name]}</button>;
      })}
    </div>
  );
}
