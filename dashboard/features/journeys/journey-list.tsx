'use client';
import Link from 'next/link';
import type { JourneySummary } from '../../api/monitoring.ts';
import { formatAge, formatDuration, formatTime, shortId } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { liveTexts } from '../../ui/texts/shared.ts';
import { journeyTexts, journeysTexts } from '../../ui/texts/journeys.ts';
import { useNow } from '../../ui/use-now.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { DemoMark } from './demo-mark.tsx';
import { JourneyMark } from './journey-mark.tsx';
import { useJourneys } from './use-journeys.ts';

const said = journeysTexts;

/** The newest requests, newest first; the bar shows how long each took beside the longest. */
export function JourneyList() {
  const [demo, setDemo] = useUrlState('demo');
  const { data: journeys, error, refetch, dataUpdatedAt } = useJourneys(demo === 'hidden' ? 'other' : undefined);
  const now = useNow();
  const longest = Math.max(1, ...(journeys ?? []).map(({ durationMs }) => durationMs));
  return (
    <>
      <header className="mb-6 grid gap-1">
        <h1 className="text-4xl">{said.title}</h1>
        <p className="text-dim">{said.lead}</p>
        <label className="mt-1 flex min-h-8 w-fit items-center gap-2 font-bold"><input type="checkbox" className="size-5 accent-[var(--go-solid)]" checked={demo === 'hidden'} onChange={(event) => setDemo(event.target.checked ? 'hidden' : null)} />{said.hideDemo}</label>
        {error && journeys && <p role="status" className="font-bold text-wrong">{liveTexts.stale(formatAge(now - dataUpdatedAt))}</p>}
      </header>
      {error && <div className="mb-6"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!journeys && !error && <p className="text-dim">{said.loading}</p>}
      {journeys?.length === 0 && (
        <div className="panel grid justify-items-start gap-4 p-6">
          <p><strong>{demo === 'hidden' ? said.emptyButDemo : said.empty}</strong> <span className="text-dim">{said.emptyNext}</span></p>
          <Link className="button-go" href="/">{said.toOverview}</Link>
        </div>
      )}
      {journeys && journeys.length > 0 && (
        <ul className="panel divide-y divide-rule overflow-clip">
          {journeys.map((journey) => <Summary key={journey.traceId} journey={journey} longest={longest} now={now} />)}
        </ul>
      )}
    </>
  );
}

function Summary({ journey: { traceId, name, startedAt, durationMs, hops, status, demo }, longest, now }: { readonly journey: JourneySummary; readonly longest: number; readonly now: number }) {
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
