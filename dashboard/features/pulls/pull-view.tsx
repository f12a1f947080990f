'use client';
import Link from 'next/link';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { PullPage } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { formatTime } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LoadingNote } from '../../ui/state-note.tsx';
import { diffTexts } from '../../ui/texts/diff.ts';
import { pullTexts as said } from '../../ui/texts/pulls.ts';
import { webUrl } from '../../ui/web-url.ts';
import { useNow } from '../../ui/use-now.ts';
import { RequestStatus } from '../change/request-status.tsx';
import { useRequestOf } from '../change/use-request.ts';
import { DiffView } from '../diff/diff-view.tsx';
import { PullDecision } from './pull-decision.tsx';
import { PullState } from './pull-state.tsx';
import { usePull } from './use-pulls.ts';

// Needed after the merge only.
const PullRollout = lazy(() => import('./pull-rollout.tsx').then(({ PullRollout: rollout }) => ({ default: rollout })));

/** One pull request: what it will do, who has looked, what hinders it; and after the merge, how it becomes real. */
export function PullView({ number }: { readonly number: number }) {
  const { data, error, refetch } = usePull(number);
  return (
    <>
      <Link href="/pulls" className="mb-3 inline-block font-bold text-go underline-offset-4 hover:underline">← {said.back}</Link>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <LoadingNote text={said.loadingOne} />}
      {data && <PullBody page={data} />}
    </>
  );
}

function PullBody({ page: { pull, diff, checks } }: { readonly page: PullPage }) {
  const request = useRequestOf({ pull: pull.number }, pull.change);
  const now = useNow();
  // Approvals and merges are for the commit that was looked at, not for one that came while reading.
  const [looked, setLooked] = useState(pull.head);
  const moved = pull.state === 'open' && pull.head !== looked;
  const forge = webUrl(pull.url);
  return (
    <>
      <header className="panel mb-5 overflow-clip">
        <div className="grid gap-1 border-b border-rule px-4 py-4 sm:px-5">
          <h1 className="text-2xl [overflow-wrap:anywhere] sm:text-3xl"><span className="text-dim">#{pull.number}</span> {pull.title}</h1>
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1"><span className="self-center"><PullState state={pull.state} /></span>{pull.environments.map((name) => <EnvironmentSign key={name} name={name} small />)}</p>
        </div>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 px-4 py-3 sm:flex sm:flex-wrap sm:gap-x-10 sm:px-5">
          <Figure name={said.author}>{pull.author}</Figure>
          <Figure name={said.opened}>{now > 0 ? formatTime(Date.parse(pull.openedAt), now) : '–'}</Figure>
          <Figure name={said.branch}><code className="font-mono text-sm">{pull.branch}</code></Figure>
          <Figure name={said.head}><CommitText commit={pull.head} /> <span className="text-dim">{said.on}</span> <CommitText commit={pull.base} /></Figure>
          {pull.mergedAs && <Figure name={said.mergedAs}><CommitText commit={pull.mergedAs} />{pull.mergedBy && <> <span className="text-dim">{said.by}</span> {pull.mergedBy}</>}</Figure>}
          {pull.closedBy && <Figure name={said.closedBy}>{pull.closedBy}</Figure>}
          {request && <div className="col-span-2 min-w-0 sm:w-full"><dt className="eyebrow">{said.reason}</dt><dd className="max-w-prose [overflow-wrap:anywhere]">{request.reason}</dd></div>}
          {forge && <Figure name={said.atForge}><a href={forge.href} rel="noreferrer" className="font-bold text-go underline underline-offset-4">{forge.host}</a></Figure>}
        </dl>
      </header>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {/* On a phone: how far it got, what it changes, then the decision. */}
        <aside className="contents lg:sticky lg:top-5 lg:order-last lg:grid lg:min-w-0 lg:gap-5">
          {request && <section className="panel min-w-0 p-4 sm:p-5" aria-label={said.askedAs}><RequestStatus request={request} without="pull" /></section>}
          {pull.state === 'merged' && <Suspense><PullRollout pull={pull} request={request} /></Suspense>}
          <PullDecision pull={pull} checks={checks} requestedBy={request?.requestedBy} looked={looked} onLooked={moved ? () => setLooked(pull.head) : undefined} />
        </aside>
        <section aria-labelledby="diff" className="order-1 grid min-w-0 gap-4 lg:order-none">
          <h2 id="diff" className="text-2xl">{diffTexts.title}</h2>
          {diff ? <DiffView diff={diff} /> : <p className="panel p-5 text-dim">{said.noDiff}</p>}
          {pull.body.trim() !== '' && (
            <details className="panel">
              <summary className="px-4 py-2.5 font-bold text-go -outline-offset-3 sm:px-5">{said.body}</summary>
              <pre className="overflow-x-auto border-t border-rule px-4 py-3 font-mono text-[0.8125rem] whitespace-pre-wrap [overflow-wrap:anywhere] sm:px-5">{pull.body}</pre>
            </details>
          )}
        </section>
      </div>
    </>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <div className="min-w-0"><dt className="eyebrow">{name}</dt><dd className="font-bold [overflow-wrap:anywhere]">{children}</dd></div>;
}
