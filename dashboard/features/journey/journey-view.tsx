'use client';
import Link from 'next/link';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { texts } from '../../ui/texts.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { environmentOf } from '../environments.ts';
import { useDeclared } from '../use-declared.ts';
import { EnvironmentSwitch } from './environment-switch.tsx';
import { HopMap } from './hop-map.tsx';
import { JourneyHead } from './journey-head.tsx';
import { useJourney } from './use-journey.ts';

const said = texts.journey;

/** One request's story: what happened, beside what declared it in the chosen environment. */
export function JourneyView({ traceId }: { readonly traceId: string }) {
  const { journey, error, arrival, again } = useJourney(traceId);
  const [inside, setInside] = useUrlState('in');
  const environment = environmentOf(inside);
  const declared = useDeclared(environment);
  const hops = journey?.hops ?? [];
  return (
    <>
      <Link href="/journeys" className="mb-3 inline-block font-bold text-go underline-offset-4 hover:underline">← {said.back}</Link>
      <JourneyHead traceId={traceId} hops={hops} arrival={arrival} onAgain={again} />
      {error && <div className="mb-6"><ProblemNotice problem={problemOf(error)} onRetry={again} /></div>}
      {hops.length > 0 && (
        <>
          <EnvironmentSwitch value={environment} onChange={setInside} />
          {declared.error && <div className="mb-4"><ProblemNotice problem={problemOf(declared.error)} onRetry={() => void declared.refetch()} /></div>}
          <HopMap hops={hops} logs={journey?.logs ?? []} graph={declared.data} environment={environment} />
        </>
      )}
    </>
  );
}
