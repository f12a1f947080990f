'use client';
import Link from 'next/link';
import type { ChangeRequest, Pull } from '../../api/delivery.ts';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { formatAge } from '../../ui/format.ts';
import { LiveMark } from '../../ui/live-mark.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { pullTexts as said } from '../../ui/texts/pulls.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { useNow } from '../../ui/use-now.ts';
import { RequestStatus } from '../change/request-status.tsx';
import { useRequests } from '../change/use-request.ts';
import { PullState } from './pull-state.tsx';
import { usePulls } from './use-pulls.ts';

const filters = ['all', 'open', 'merged', 'closed'] as const;

/** What waits, and what came of the rest; then what was asked for and never became a pull request. */
export function PullList() {
  const { data, error, refetch, dataUpdatedAt } = usePulls();
  const { data: requests = [] } = useRequests();
  const [state, setState] = useUrlState('state');
  const now = useNow();
  const filter = filters.find((name) => name === state) ?? 'all';
  const shown = data?.pulls.filter((pull) => filter === 'all' || pull.state === filter) ?? [];
  const without = requests.filter(({ pull }) => pull === undefined).slice(0, 10);
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        {data && <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={false} everyMs={3000} />}
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <LoadingNote text={said.loading} />}
      {data?.pulls.length === 0 && <EmptyNote title={said.empty} next={said.emptyNext}><Link className="button-go" href="/environments">{said.toEnvironments}</Link></EmptyNote>}
      {data && data.pulls.length > 0 && (
        <>
          <fieldset className="mb-3 inline-flex max-w-full flex-wrap overflow-clip rounded border-[1.5px] border-dim">
            <legend className="sr-only">{said.filter}</legend>
            {filters.map((name) => (
              <label key={name} className="relative border-l-[1.5px] border-dim px-3 py-1.5 font-bold first:border-l-0 has-checked:bg-sign has-checked:text-sign-ink has-focus-visible:outline-3 has-focus-visible:-outline-offset-3 has-focus-visible:outline-go dark:has-checked:bg-ink dark:has-checked:text-ground">
                <input type="radio" name="state" value={name} checked={filter === name} onChange={() => setState(name === 'all' ? null : name)} className="absolute inset-0 cursor-pointer opacity-0" />
                {said.states[name]} <span className="font-normal tabular-nums opacity-80">{data.pulls.filter((pull) => name === 'all' || pull.state === name).length + (name === 'all' || name === 'open' ? data.unlisted : 0)}</span>
              </label>
            ))}
          </fieldset>
          {shown.length === 0 && filter !== 'all' && <p className="panel p-5 text-dim">{said.none[filter]}</p>}
          {shown.length > 0 && <ul className="panel divide-y divide-rule overflow-clip">{shown.map((pull) => <PullRow key={pull.number} pull={pull} now={now} />)}</ul>}
          {data.unlisted > 0 && (filter === 'all' || filter === 'open') && <p data-unlisted={data.unlisted} className="mt-3 border-l-4 border-[var(--health-progressing)] pl-3"><strong>{said.unlisted(data.unlisted)}</strong> {said.unlistedNext}</p>}
          <p className="mt-3 text-sm text-dim">{data.forge === 'local' ? said.forge.local : said.forge.other(data.forge)}</p>
        </>
      )}
      {without.length > 0 && (
        <section aria-labelledby="without" className="mt-8">
          <h2 id="without" className="text-xl">{said.requests}</h2>
          <p className="mb-3 text-dim">{said.requestsLead}</p>
          <ul className="grid gap-4 md:grid-cols-2">{without.map((request) => <li key={request.id} className="panel min-w-0 p-4"><Asked request={request} now={now} /></li>)}</ul>
        </section>
      )}
    </>
  );
}

function Asked({ request, now }: { readonly request: ChangeRequest; readonly now: number }) {
  return (
    <>
      <p className="mb-2 flex flex-wrap items-baseline gap-x-3 text-sm text-dim"><EnvironmentSign name={request.environment} small /><span>{request.requestedBy}</span>{now > 0 && <span>{said.ago(formatAge(now - Date.parse(request.requestedAt)))}</span>}</p>
      <RequestStatus request={request} />
    </>
  );
}

function PullRow({ pull: { number, title, author, state, approvals, needed, environments, openedAt, hindrances, mergeable }, now }: { readonly pull: Pull; readonly now: number }) {
  const given = approvals.filter(({ counts }) => counts).length;
  return (
    <li data-pull={number}>
      <Link href={`/pulls/${number}`} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-3 -outline-offset-4 hover:bg-sunk sm:px-5 md:grid-cols-[3rem_minmax(0,1fr)_9rem_10rem_6rem]">
        <span className="hidden font-mono text-sm font-bold text-dim md:block">#{number}</span>
        <span className="min-w-0">
          <strong className="block [overflow-wrap:anywhere]"><span className="font-mono text-sm text-dim md:hidden">#{number} </span>{title}</strong>
          <span className="flex flex-wrap items-baseline gap-x-2 text-sm text-dim">{environments.map((name) => <EnvironmentSign key={name} name={name} small />)}<span className="[overflow-wrap:anywhere]">{said.by} {author}</span></span>
        </span>
        <PullState state={state} />
        <span className="text-sm md:text-left">{state === 'open' ? <><span className="block font-bold">{mergeable ? said.ready : said.hindered(hindrances.length)}</span><span className="text-dim">{said.approvals(given, needed)}</span></> : null}</span>
        <span className="text-right text-sm text-dim">{now > 0 && said.ago(formatAge(now - Date.parse(openedAt)))}</span>
      </Link>
    </li>
  );
}
