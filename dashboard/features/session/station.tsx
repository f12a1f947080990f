'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, type ReactNode } from 'react';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { texts } from '../../ui/texts.ts';
import { FaultBanner } from '../faults/fault-banner.tsx';
import { LiveTopics } from '../live/live-topics.tsx';
import { TourGate } from '../tour/tour-gate.tsx';
import { SignBand } from './sign-band.tsx';
import { useSession } from './use-session.ts';

/** What every page stands in: the band with its pages and person. Without a session it leads to the sign-in and back. */
export function Station({ children }: { readonly children: ReactNode }) {
  const { data: person, error, refetch } = useSession();
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams().toString();
  const problem = error && problemOf(error);
  const strange = problem?.status === 401;
  useEffect(() => {
    if (strange) router.replace(`/sign-in?to=${encodeURIComponent(query ? `${path}?${query}` : path)}`);
  }, [strange, router, path, query]);

  return (
    <>
      <a href="#content" className="sr-only z-10 bg-panel p-3 font-bold focus:not-sr-only focus:fixed focus:top-2 focus:left-2">{texts.skip}</a>
      <SignBand person={person} />
      {person && <LiveTopics />}
      {person && <FaultBanner />}
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-7xl px-4 py-6 outline-none sm:px-6 lg:py-8">
        {person && children}
        {person && <TourGate />}
        {problem && !strange && !person && <ProblemNotice problem={problem} onRetry={() => void refetch()} />}
      </main>
    </>
  );
}
