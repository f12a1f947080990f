import Link from 'next/link';
import type { JourneySummary } from '../../api/monitoring.ts';
import { formatDuration, formatTime, shortId } from '../../ui/format.ts';
import { journeyTexts, journeysTexts as said } from '../../ui/texts/journeys.ts';
import { DemoMark } from './demo-mark.tsx';
import { JourneyMark } from './journey-mark.tsx';

interface Props { readonly journey: JourneySummary; /** Of all that are shown. */ readonly longest: number; readonly now: number }

/** One journey in the list; the bar shows how long it took beside the longest. */
export function JourneyRow({ journey: { traceId, name, startedAt, durationMs, hops, status, demo }, longest, now }: Props) {
  const wrong = status === 'error';
  return (
    <li>
      <Link href={`/journeys/${traceId}`} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-3 -outline-offset-4 hover:bg-sunk sm:grid-cols-[minmax(0,1fr)_5rem_9rem_6rem] sm:px-5">
        <span className="flex min-w-0 items-center gap-3">
          <JourneyMark wrong={wrong} />
          <span className="min-w-0">
            <strong className="block truncate">{name}</strong>
            <span className="block text-sm text-dim">{wrong && <strong className="text-wrong">{journeyTexts.failed} </strong>}{now > 0 && formatTime(startedAt, now)} <span className="ml-1.5 font-mono text-[0.8125rem]">{shortId(traceId)}</span>{demo && <> <DemoMark /></>}</span>
          </span>
        </span>
        <span className="hidden text-right text-dim sm:block">{said.hops(hops)}</span>
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="hidden h-1.5 w-full sm:block" aria-hidden="true">
          <rect width="100" height="6" className="fill-sunk" /><rect width={Math.max(1, (durationMs / longest) * 100)} height="6" className={wrong ? 'fill-wrong' : 'fill-go'} />
        </svg>
        <span className="text-right font-bold">{formatDuration(durationMs)}</span>
      </Link>
    </li>
  );
}
