'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Entry } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { formatTime, shortId } from '../../ui/format.ts';
import { shortCommit } from '../../ui/release-text.ts';
import { courseTexts } from '../../ui/texts/course.ts';
import { historyTexts as said } from '../../ui/texts/history.ts';
import { Evidence } from '../change/request-status.tsx';
import { plainTitle } from './title.ts';

interface Props {
  readonly entry: Entry;
  readonly now: number;
  readonly may: boolean;
  /** The line ends here. */
  readonly last: boolean;
  readonly marked: boolean;
  readonly onMark: () => void;
  readonly onRollback: () => void;
}

/** One stop of main: what was merged, who asked and who approved, why, and what became of it. */
export function EntryStop({ entry, now, may, last, marked, onMark, onRollback }: Props) {
  const { commit, title, at, requestedBy, author, approvedBy, kind, environments, workloads, pull, traceId, undoes, undoneBy, reason, outcome, evidence = [] } = entry;
  const shown = plainTitle(title);
  // By whom and why, in the service's words: the commit joins that sentence.
  const told = undoneBy && outcome?.startsWith(said.takenBack) ? outcome.slice(said.takenBack.length) : undefined;
  const kinds: Readonly<Record<string, string | undefined>> = courseTexts.kind;
  return (
    <li id={commit} data-entry={commit} data-undone={undoneBy} className={`relative grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 px-4 py-3 before:absolute before:inset-y-0 before:left-[1.6875rem] before:w-1 before:bg-go first:before:top-6 sm:px-5 sm:before:left-[1.9375rem] ${last ? 'last:before:bottom-auto last:before:h-6' : ''} ${marked ? 'bg-sunk' : ''}`}>
      <EntryMark undone={undoneBy !== undefined} undoes={undoes !== undefined} />
      <div className="grid min-w-0 gap-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 className={`min-w-0 text-base tracking-normal [overflow-wrap:anywhere] ${undoneBy ? 'text-dim line-through decoration-2' : ''}`}>{shown}</h2>
          <span className="flex items-baseline gap-3 text-sm text-dim"><CommitText commit={commit} />{now > 0 && formatTime(Date.parse(at), now)}</span>
        </div>
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm text-dim">
          {environments.map((name) => <EnvironmentSign key={name} name={name} small />)}
          {workloads.length > 0 && <span className="font-bold text-ink [overflow-wrap:anywhere]">{workloads.join(', ')}</span>}
          {kind && <span>{kinds[kind] ?? kind}</span>}
          <span className="[overflow-wrap:anywhere]">{said.askedBy} <span className="text-ink">{requestedBy ?? author}</span>, {approvedBy.length > 0 ? <>{said.approvedBy} <span className="text-ink">{approvedBy.join(', ')}</span></> : said.nobody}</span>
        </p>
        {reason && <p className="max-w-prose [overflow-wrap:anywhere]">{reason}</p>}
        {undoes && <p className="text-sm"><strong>{said.undoes}</strong> <CommitLink commit={undoes} /></p>}
        {outcome && !told && <p className={`[overflow-wrap:anywhere] ${evidence.length > 0 ? 'font-bold text-wrong' : 'text-dim'}`}>{outcome}</p>}
        {undoneBy && <p data-taken-back={undoneBy} className="text-sm [overflow-wrap:anywhere]"><strong className={evidence.length > 0 ? 'text-wrong' : ''}>{said.takenBack}</strong> {said.inCommit} <CommitLink commit={undoneBy} />{told}</p>}
        {evidence.length > 0 && <div className="my-1"><Evidence lines={evidence} /></div>}
        <p className="flex flex-wrap items-center gap-x-5 text-sm">
          <label className="flex min-h-9 cursor-pointer items-center gap-1.5 font-bold"><input type="checkbox" checked={marked} onChange={onMark} className="size-4 accent-[var(--go-solid)]" aria-label={said.markSaid(shown, shortCommit(commit))} />{said.mark}</label>
          {pull !== undefined && <Step href={`/pulls/${pull}`} label={said.pullSaid(pull)}>{said.pullSaid(pull)}</Step>}
          {traceId && <Step href={`/journeys/${traceId}`} label={said.journeySaid(shortId(traceId))}>{said.journey}</Step>}
          {!undoneBy && environments.length > 0 && <button type="button" disabled={!may} onClick={onRollback} aria-label={said.rollbackSaid(shown)} className="min-h-9 font-bold text-go underline-offset-4 hover:underline disabled:text-dim">{said.rollback}</button>}
        </p>
      </div>
    </li>
  );
}

function CommitLink({ commit }: { readonly commit: string }) {
  return <a href={`#${commit}`} className="text-go underline-offset-4 hover:underline"><CommitText commit={commit} className="text-go" /></a>;
}

function Step({ href, label, children }: { readonly href: string; readonly label: string; readonly children: ReactNode }) {
  return <Link href={href} aria-label={label} className="inline-flex min-h-9 items-center font-bold text-go underline-offset-4 hover:underline">{children}</Link>;
}

/** A stop; crossed when it was taken back, turned round when it takes back another. */
function EntryMark({ undone, undoes }: { readonly undone: boolean; readonly undoes: boolean }) {
  return (
    <svg viewBox="0 0 24 24" className={`relative size-7 ${undone ? 'text-dim' : 'text-go'}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="12" cy="12" r="9.5" className="fill-panel" />
      {undone && <path d="M8.5 8.5l7 7M15.5 8.5l-7 7" strokeWidth="2.5" />}
      {undoes && !undone && <path d="M15.5 15.5V12a3 3 0 0 0-3-3H8M10.5 6.5L8 9l2.5 2.5" strokeWidth="2.5" />}
    </svg>
  );
}
