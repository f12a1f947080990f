'use client';
import Link from 'next/link';
import { memo } from 'react';
import type { KeptLine, Level } from '../../api/logs.ts';
import { formatClock } from '../../ui/format.ts';
import { logTexts as said } from '../../ui/texts/logs.ts';
import { LogDetail } from './log-detail.tsx';

const levelTone: Readonly<Record<Level, string>> = {
  trace: 'text-dim', debug: 'text-dim', info: 'text-ink', warn: 'text-[var(--health-progressing)]', error: 'text-wrong', fatal: 'text-wrong',
};

interface Props { readonly line: KeptLine; readonly open: boolean; readonly onToggle: (id: number, opened: boolean) => void }

/** One line: text as it was written, never markup; control characters were escaped by whoever wrote it, and are shown as they are kept. */
export const LogRow = memo(function LogRow({ line, open, onToggle }: Props) {
  const { id, at, service, level, message, traceId } = line;
  return (
    <li data-line-id={id} className={open ? 'bg-sunk' : undefined}>
      <div className="relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-4 py-1.5 hover:bg-sunk sm:grid-cols-[7.5rem_8.5rem_3.5rem_minmax(0,1fr)_auto] sm:px-5">
        <time dateTime={new Date(at).toISOString()} className="font-mono text-[0.8125rem] text-dim">{formatClock(at)}</time>
        <span className="truncate text-sm font-bold max-sm:text-right">{service}</span>
        <span className={`font-mono text-[0.8125rem] font-bold uppercase max-sm:hidden ${levelTone[level]}`}>{level}</span>
        <button type="button" aria-expanded={open} onClick={() => onToggle(id, open)} className={`min-w-0 text-left font-mono text-[0.8125rem] [overflow-wrap:anywhere] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-go max-sm:col-span-2 ${open ? '' : 'line-clamp-2'}`}>
          <span className={`sm:hidden ${levelTone[level]}`}>{level} </span>{message}
        </button>
        {traceId && <Link href={`/journeys/${traceId}`} className="relative z-1 font-bold whitespace-nowrap text-go underline-offset-4 hover:underline max-sm:col-span-2 max-sm:text-sm">{said.journey}</Link>}
      </div>
      {open && <LogDetail line={line} />}
    </li>
  );
});
