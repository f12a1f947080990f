'use client';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { listHolds } from '../../api/history.ts';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { formatTime } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { shortRelease } from '../../ui/release-text.ts';
import { holdTexts as said } from '../../ui/texts/history.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMay } from '../session/use-may.ts';
import { holdsKey } from './holds-key.ts';

const LiftDialog = lazy(() => import('./lift-dialog.tsx').then(({ LiftDialog: form }) => ({ default: form })));

/** What was taken back and may not be promoted again, until an admin lifts it. */
export function Holds() {
  const { data, error, refetch } = useQuery({ queryKey: holdsKey, queryFn: ({ signal }) => listHolds(signal), select: ({ holds }) => holds, refetchInterval: 5000 });
  const [lift, setLift] = useUrlState('lift');
  const now = useNow();
  const admin = useMay('admin');
  const lifting = admin ? data?.find(({ id }) => String(id) === lift) : undefined;
  return (
    <section aria-labelledby="held" className="panel min-w-0 overflow-clip lg:sticky lg:top-5">
      <header className="border-b border-rule px-4 py-3 sm:px-5"><h2 id="held" className="text-xl">{said.title}</h2><p className="text-sm text-dim">{said.lead}</p></header>
      {error && <div className="p-4"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <p className="p-4 text-dim sm:px-5">{said.loading}</p>}
      {data?.length === 0 && <p className="p-4 text-dim sm:px-5">{said.none}</p>}
      {data && data.length > 0 && (
        <ul className="divide-y divide-rule">
          {data.map((hold) => (
            <li key={hold.id} data-hold={hold.subject} className="grid gap-1 px-4 py-3 sm:px-5">
              <p className="flex flex-wrap items-baseline gap-x-2"><EnvironmentSign name={hold.environment} small /><code className="font-mono text-sm font-bold [overflow-wrap:anywhere]">{hold.subject} = {shortRelease(hold.value)}</code></p>
              <p className="[overflow-wrap:anywhere]">{hold.reason}</p>
              <p className="flex flex-wrap items-center justify-between gap-x-4 text-sm text-dim">
                <span className="[overflow-wrap:anywhere]">{said.by} {hold.by}{now > 0 && <>, {formatTime(Date.parse(hold.at), now)}</>}</span>
                <button type="button" disabled={!admin} title={admin ? undefined : said.onlyAdmin} aria-label={said.liftSaid(hold.subject, hold.environment)} onClick={() => setLift(String(hold.id))} className="min-h-9 font-bold text-go underline-offset-4 hover:underline disabled:text-dim">{said.lift}</button>
              </p>
            </li>
          ))}
        </ul>
      )}
      {data && data.length > 0 && !admin && <p className="border-t border-rule px-4 py-2 text-sm text-dim sm:px-5">{said.onlyAdmin}</p>}
      {lifting && <Suspense><LiftDialog hold={lifting} onClose={() => setLift(null)} /></Suspense>}
    </section>
  );
}
