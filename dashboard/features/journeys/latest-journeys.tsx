'use client';
import Link from 'next/link';
import { formatDuration, formatTime } from '../../ui/format.ts';
import { journeyTexts, journeysTexts } from '../../ui/texts/journeys.ts';
import { useNow } from '../../ui/use-now.ts';
import { DemoMark } from './demo-mark.tsx';
import { JourneyMark } from './journey-mark.tsx';
import { useJourneys } from './use-journeys.ts';

const said = journeysTexts;
const shown = 5;

/** The newest few, beside the form that makes them; silent while there are none. */
export function LatestJourneys() {
  const { data: journeys } = useJourneys();
  const now = useNow();
  if (!journeys || journeys.length === 0) return null;
  return (
    <section aria-labelledby="latest" className="panel order-4 min-w-0 overflow-clip">
      <header className="flex items-baseline justify-between gap-4 border-b border-rule px-5 py-3">
        <h2 id="latest" className="text-xl">{said.latest}</h2>
        <Link href="/journeys" className="font-bold text-go underline-offset-4 hover:underline">{said.all}</Link>
      </header>
      <ul className="divide-y divide-rule">
        {journeys.slice(0, shown).map(({ traceId, name, startedAt, durationMs, status, demo }) => (
          <li key={traceId}>
            <Link href={`/journeys/${traceId}`} className="flex items-center gap-3 px-5 py-2.5 -outline-offset-4 hover:bg-sunk">
              <JourneyMark wrong={status === 'error'} />
              <span className="min-w-0 grow"><strong className="block truncate">{name}</strong>
                <span className="text-sm text-dim">{status === 'error' && <strong className="text-wrong">{journeyTexts.failed} </strong>}{now > 0 && formatTime(startedAt, now)}{demo && <> <DemoMark /></>}</span></span>
              <span className="shrink-0 font-bold whitespace-nowrap">{formatDuration(durationMs)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
