'use client';
import { useCallback, useMemo, useState } from 'react';
import Link from 'next/link';
import { LiveMark } from '../../ui/live-mark.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { sourceTexts } from '../../ui/texts/sources.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { isMoving } from '../change/course.ts';
import { RequestStatus } from '../change/request-status.tsx';
import { useRequestOf } from '../change/use-request.ts';
import { environmentOf } from '../environments.ts';
import { useNow } from '../../ui/use-now.ts';
import { MomentNote } from '../moment/moment-note.tsx';
import { useDeclared } from '../use-declared.ts';
import { AnswerNote } from './answer-note.tsx';
import { EnvironmentSwitch } from './environment-switch.tsx';
import { HopMap } from './hop-map.tsx';
import { hopsAt, waitsFor } from './hop-tree.ts';
import { JourneyActs } from './journey-acts.tsx';
import { JourneyHead } from './journey-head.tsx';
import { JourneyMap } from './journey-map.tsx';
import type { Sought } from './many-hops.tsx';
import { NothingKnown } from './nothing-known.tsx';
import { journeyEveryMs, useJourney } from './use-journey.ts';

const said = journeyTexts;

/** One request's story: what happened, beside what declared it in the chosen environment. */
export function JourneyView({ traceId, consumes }: { readonly traceId: string; readonly consumes: readonly string[] }) {
  const request = useRequestOf({ traceId });
  const { journey, error, arrival, again, streamed, knownAt } = useJourney(traceId, request !== undefined && isMoving(request.status));
  const [sought, setSought] = useState<Sought>();
  const seek = useCallback((spanId: string) => setSought({ spanId }), []);
  const [inside, setInside] = useUrlState('in');
  const environment = environmentOf(inside);
  const declared = useDeclared(environment);
  const now = useNow(journey?.open.length ? 100 : 1000);
  // Once nothing is under way the clock changes no hop.
  const at = journey?.open.length ? now : 0;
  const hops = useMemo(() => (journey ? hopsAt(journey, at) : []), [journey, at]);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6">
        <Link href="/journeys" className="font-bold text-go underline-offset-4 hover:underline">← {said.back}</Link>
        {/* A journey that has arrived changes no more: it has no age. */}
        {journey && (arrival === 'travelling' || error) && <LiveMark updatedAt={knownAt} lost={error !== null} streamed={streamed} everyMs={streamed ? Number.MAX_SAFE_INTEGER : journeyEveryMs} />}
      </div>
      <JourneyHead traceId={traceId} hops={hops} whole={journey?.connected !== null} waitsFor={journey ? waitsFor(journey) : []} arrival={arrival} onAgain={again} />
      {journey && journey.omitted.spans + journey.omitted.logs > 0 && <p data-omitted className="panel mb-5 px-4 py-3 font-bold sm:px-5">{said.omitted(journey.omitted)}</p>}
      {journey && `${sourceTexts.hopsOf[journey.sources.hops]}${sourceTexts.linesOf[journey.sources.logs]}` !== '' && <p data-sources={`${journey.sources.hops} ${journey.sources.logs}`} className="mb-5 text-sm text-dim">{sourceTexts.hopsOf[journey.sources.hops]}{sourceTexts.linesOf[journey.sources.logs]}</p>}
      {hops.length > 0 && <JourneyActs traceId={traceId} hops={hops} />}
      <AnswerNote traceId={traceId} />
      {error && <div className="mb-6"><ProblemNotice problem={problemOf(error)} onRetry={again} /></div>}
      {arrival === 'absent' ? !error && <NothingKnown traceId={traceId} /> : (
        <>
          <EnvironmentSwitch value={environment} onChange={setInside} />
          {declared.error && <div className="mb-4"><ProblemNotice problem={problemOf(declared.error)} onRetry={() => void declared.refetch()} /></div>}
          {declared.data && <JourneyMap journey={journey} graph={declared.data} consumes={consumes} onSeek={seek} />}
        </>
      )}
      {request && <section aria-label={said.change} className="panel mb-5 p-4 sm:p-5"><RequestStatus request={request} without="journey" /></section>}
      {hops.length > 0 && <HopMap hops={hops} logs={journey?.logs ?? []} graph={declared.data} environment={environment} sought={sought} />}
      {journey && journey.hops.length > 0 && <MomentNote hops={journey.hops} />}
    </>
  );
}
