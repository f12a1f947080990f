'use client';
import Link from 'next/link';
import type { ChangeRequest } from '../../api/delivery.ts';
import { shortId } from '../../ui/format.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { shortRelease } from '../../ui/release-text.ts';
import { courseTexts as said } from '../../ui/texts/course.ts';
import { onlyOnMain } from './course.ts';
import { RequestTrack } from './request-track.tsx';

interface Props {
  readonly request: ChangeRequest;
  /** What the page shows already, so that it is not linked to itself. */
  readonly without?: 'pull' | 'journey';
}

/** A change in one glance: what, how far, how it ended and why, and where to look next. */
export function RequestStatus({ request, without }: Props) {
  const { summary, status, outcome, evidence = [], pull, commit, traceId } = request;
  const wrong = status === 'refused' || status === 'failed' || status === 'rolledBack';
  return (
    <div className="grid gap-4" data-request={request.id}>
      <p className="font-mono text-sm font-bold [overflow-wrap:anywhere]">{summary}</p>
      <RequestTrack request={request} />
      <div role="status" className="grid gap-1">
        <p className={`font-bold ${wrong ? 'text-wrong' : ''}`}>{statusText(request)}</p>
        {outcome && <p className="[overflow-wrap:anywhere]">{outcome}</p>}
      </div>
      {evidence.length > 0 && <Evidence lines={evidence} />}
      <p className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {pull !== undefined && without !== 'pull' && <Link href={`/pulls/${pull}`} className="button-plain">{said.openPull(pull)}</Link>}
        {without !== 'journey' && <Link href={`/journeys/${traceId}?in=${request.environment}`} className="font-bold text-go underline-offset-4 hover:underline" aria-label={`${said.openJourney} ${shortId(traceId)}`}>{said.openJourney}</Link>}
        {commit && <span className="text-dim">{said.stops.merged} <CommitText commit={commit} /></span>}
      </p>
    </div>
  );
}

/** What an engine or a probe saw, word for word. */
export function Evidence({ lines, calm = false }: { readonly lines: readonly string[]; readonly calm?: boolean }) {
  return (
    <section>
      <h3 className="eyebrow mb-1">{said.evidence}</h3>
      <ul className={`grid gap-1 rounded border-l-4 py-2 px-3 font-mono text-sm ${calm ? 'border-rule bg-sunk' : 'border-wrong bg-wrong-ground'}`}>
        {lines.map((line, index) => <li key={index} className="[overflow-wrap:anywhere]">{line}</li>)}
      </ul>
    </section>
  );
}

function statusText(request: ChangeRequest): string {
  const { status, kind, workload, revision } = request;
  if (onlyOnMain(request)) return said.onMain;
  if (status === 'succeeded' && kind === 'release' && workload && revision) return said.answers(workload, shortRelease(revision));
  return said.status[status];
}
