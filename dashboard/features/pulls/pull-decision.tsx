'use client';
import Link from 'next/link';
import { lazy, Suspense, useId, type ReactNode } from 'react';
import type { Check, Pull } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { formatTime } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { pullTexts as said } from '../../ui/texts/pulls.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMay } from '../session/use-may.ts';
import { useSession } from '../session/use-session.ts';
import { useDecision } from './use-pulls.ts';

const CloseDialog = lazy(() => import('./close-dialog.tsx').then(({ CloseDialog: dialog }) => ({ default: dialog })));

interface Props {
  readonly pull: Pull;
  readonly checks: readonly Check[];
  /** Whoever asked for the change wrote it, too: a forge may name another author. */
  readonly requestedBy: string | undefined;
  /** The commit that the reader has before them. */
  readonly looked: string;
  /** Given when another commit has come since. */
  readonly onLooked: (() => void) | undefined;
}

/** Who has looked, what was checked, what hinders; and the three things that can be done about it. */
export function PullDecision({ pull, checks, requestedBy, looked, onLooked }: Props) {
  const decide = useDecision(pull.number);
  const [act, setAct] = useUrlState('act');
  const now = useNow();
  const open = pull.state === 'open';
  const refusal = useRefusals(pull, requestedBy, looked);
  const busy = decide.isPending ? decide.variables.act : undefined;
  return (
    <section aria-label={said.decide} className="panel order-2 min-w-0 divide-y divide-rule overflow-clip">
      {open && pull.hindrances.length > 0 && (
        <Part title={said.hindrances}>
          <ul className="grid gap-2" data-hindrances>{pull.hindrances.map((each) => <li key={each} className="border-l-4 border-[var(--health-progressing)] pl-3 [overflow-wrap:anywhere]">{each}</li>)}</ul>
        </Part>
      )}
      <Part title={`${said.approvalsTitle}: ${said.approvals(pull.approvals.filter(({ counts }) => counts).length, pull.needed)}`}>
        {pull.approvals.length === 0 ? pull.needed > 0 && <p className="text-dim">{said.noApprovals} {open && said.needs(pull.needed)}</p> : (
          <ul className="grid gap-1">
            {pull.approvals.map(({ by, at, commit, counts }) => (
              <li key={by + commit} data-approval={by} data-counts={counts} className="[overflow-wrap:anywhere]"><strong>{by}</strong> <span className="text-dim">{now > 0 && formatTime(Date.parse(at), now)}</span> <CommitText commit={commit} /><ApprovalNote counts={counts} stale={commit !== pull.head} /></li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={said.checks}>
        {checks.length === 0 ? <p className="text-dim">{said.noChecks}</p> : <ul className="grid gap-1.5">{checks.map((check) => <CheckLine key={check.name} check={check} />)}</ul>}
      </Part>
      {open && (
        <div className="grid gap-3 p-4 sm:p-5">
          {onLooked && <p role="status" className="border-l-4 border-[var(--health-progressing)] pl-3"><strong>{said.moved}</strong> <button type="button" className="font-bold text-go underline underline-offset-4" onClick={onLooked}>{said.movedSeen}</button></p>}
          <Act label={busy === 'approve' ? said.approving : said.approve} refusal={refusal.approve} busy={decide.isPending} onClick={() => decide.mutate({ act: 'approve', commit: looked })} />
          <Act label={busy === 'merge' ? said.merging : said.merge} refusal={refusal.merge} busy={decide.isPending} onClick={() => decide.mutate({ act: 'merge', commit: looked })} go />
          <Act label={said.close} refusal={refusal.close} busy={decide.isPending} onClick={() => setAct('close')} />
          {decide.error && <ProblemNotice problem={problemOf(decide.error)} />}
        </div>
      )}
      {pull.state === 'merged' && pull.mergedAs && <div className="p-4 sm:p-5"><Link className="button-plain" href={`/history?rollback=${pull.mergedAs}`}>{said.rollback}</Link></div>}
      {act === 'close' && open && refusal.close === undefined && <Suspense><CloseDialog number={pull.number} onClose={() => setAct(null)} /></Suspense>}
    </section>
  );
}

/** Why an act is not there to be taken, said before the click; the service says it again after one. */
function useRefusals({ author, approvals, needed, adminFor, mergeable, head }: Pull, requestedBy: string | undefined, looked: string) {
  const { data: person } = useSession();
  const [operator, admin] = [useMay('operator'), useMay('admin')];
  const role = operator ? undefined : roleTexts.operator;
  const moved = head === looked ? undefined : said.movedFirst;
  const unwanted = author === person?.name || requestedBy === person?.name ? said.own : needed === 0 ? said.noNeed : undefined;
  const given = approvals.some(({ by, commit, counts }) => by === person?.name && (counts || commit === head)) ? said.approvedAlready : undefined;
  const approve = unwanted ?? (adminFor === undefined || admin ? given : said.adminFor(adminFor));
  return { approve: role ?? approve ?? moved, merge: role ?? moved ?? (mergeable ? undefined : said.notMergeable), close: role };
}

/** Nothing to say of one of the head that counts. */
function ApprovalNote({ counts, stale }: { readonly counts: boolean; readonly stale: boolean }) {
  if (counts && !stale) return null;
  return <span className="block text-sm text-dim">{counts ? said.sameDiff : stale ? said.stale : said.uncounted}</span>;
}

function Act({ label, refusal, busy, go = false, onClick }: { readonly label: string; readonly refusal: string | undefined; readonly busy: boolean; readonly go?: boolean; readonly onClick: () => void }) {
  const id = useId();
  return (
    <div className="grid gap-0.5">
      <button type="button" disabled={busy || refusal !== undefined} aria-describedby={refusal ? id : undefined} onClick={onClick} className={`${go && refusal === undefined ? 'button-go' : 'button-plain min-h-11'} disabled:border-rule disabled:text-dim`}>{label}</button>
      {refusal && <p id={id} className="text-sm text-dim">{refusal}</p>}
    </div>
  );
}

/** How each outcome is drawn; what is under way is neither good nor bad yet. */
const outcomes = {
  passed: { path: 'M3 11l4.5 4.5L17 5', mark: 'text-[var(--health-healthy)]', word: 'text-dim' },
  running: { path: 'M3 10h.01M10 10h.01M17 10h.01', mark: 'text-[var(--health-progressing)]', word: 'text-dim' },
  failed: { path: 'M4 4l12 12M16 4L4 16', mark: 'text-wrong', word: 'font-bold text-wrong' },
} as const;

function CheckLine({ check: { name, passed, running, said: lines } }: { readonly check: Check }) {
  const outcome = passed ? 'passed' : running ? 'running' : 'failed';
  const { path, mark, word } = outcomes[outcome];
  const line = <><svg viewBox="0 0 20 20" className={`size-4 shrink-0 translate-y-0.5 ${mark}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round"><path d={path} /></svg><strong className="min-w-0 [overflow-wrap:anywhere]">{name}</strong><span className={word}>{said[outcome]}</span></>;
  if (lines.length === 0) return <li data-check={name} data-outcome={outcome} className="flex items-baseline gap-2">{line}</li>;
  return (
    <li data-check={name} data-outcome={outcome}>
      <details open={!passed}>
        <summary className="flex items-baseline gap-2 rounded">{line}<span className="sr-only">, {said.said}</span><span aria-hidden="true" className="ml-auto text-sm text-dim">{lines.length}</span></summary>
        <ul className="mt-1 ml-6 grid gap-0.5 font-mono text-[0.8125rem]">{lines.map((each, index) => <li key={index} className="[overflow-wrap:anywhere]">{each}</li>)}</ul>
      </details>
    </li>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <div className="p-4 sm:px-5"><h2 className="mb-1.5 text-base tracking-normal">{title}</h2>{children}</div>;
}
