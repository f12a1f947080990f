'use client';
import type { Level, LogHistogram } from '../../api/logs.ts';
import { formatTime } from '../../ui/format.ts';
import { logTexts as said } from '../../ui/texts/logs.ts';
import { levels } from './question.ts';

const levelFill: Readonly<Record<Level, string>> = {
  trace: 'fill-rule', debug: 'fill-rule', info: 'fill-go', warn: 'fill-[var(--health-progressing)]', error: 'fill-wrong', fatal: 'fill-wrong',
};

interface Props { readonly histogram: LogHistogram; readonly onZoom: (from: number, to: number) => void }

/** How many lines by time and level; a bar is a button that shows its lines alone. The list below says the same in words. */
export function LogChart({ histogram: { from, to, stepMs, buckets, total }, onZoom }: Props) {
  const count = Math.max(1, Math.ceil((to - from) / stepMs));
  const sums = buckets.map(({ at, levels: of }) => ({ at, of, sum: levels.reduce((sum, level) => sum + (of[level] ?? 0), 0) }));
  const highest = Math.max(1, ...sums.map(({ sum }) => sum));
  return (
    <figure className="panel min-w-0 px-4 pt-3 pb-2 sm:px-5">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4"><span className="font-bold">{said.histogram}</span><span className="text-sm text-dim"><strong className="text-ink" data-total={total}>{said.count(total)}</strong> {said.roughly}</span></figcaption>
      <svg viewBox={`0 0 ${count} 40`} preserveAspectRatio="none" className="mt-2 h-20 w-full" role="group" aria-label={said.histogram}>
        <rect width={count} height="40" className="fill-sunk" />
        {sums.map(({ at, of, sum }) => {
          let top = 40;
          return (
            <g key={at} role="button" tabIndex={0} aria-label={said.bar(sum, new Date(at).toLocaleTimeString('en-GB'))} className="cursor-pointer hover:opacity-75"
              onClick={() => onZoom(at, at + stepMs)} onKeyDown={({ key }) => { if (key === 'Enter' || key === ' ') onZoom(at, at + stepMs); }}>
              <rect x={(at - from) / stepMs} width="1" height="40" fill="transparent" />
              {levels.map((level) => {
                const height = ((of[level] ?? 0) / highest) * 38;
                top -= height;
                return height > 0 && <rect key={level} x={(at - from) / stepMs + 0.08} y={top} width="0.84" height={height} className={levelFill[level]} />;
              })}
            </g>
          );
        })}
      </svg>
      <p className="flex justify-between text-sm text-dim" aria-hidden="true"><span>{formatTime(from, to)}</span><span>{formatTime(to, to)}</span></p>
    </figure>
  );
}
