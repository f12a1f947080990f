'use client';
import type { ReactNode } from 'react';
import { formatDuration, formatTime } from '../../ui/format.ts';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { useNow } from '../../ui/use-now.ts';
import type { Arrival } from './arrival.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { extentOf, type Hop } from './hop-tree.ts';
import { endedAt } from './ended-at.ts';

const said = journeyTexts;
interface Props {
  readonly traceId: string;
  readonly hops: readonly Hop[];
  /** Are they all there are? Of a part nobody can say that it is a tree. */
  readonly whole: boolean;
  readonly waitsFor: readonly string[];
  readonly arrival: Arrival;
  readonly onAgain: () => void;
}

/** The sign above the map: which request, how far, how long. */
export function JourneyHead({ traceId, hops, whole, waitsFor, arrival, onAgain }: Props) {
  const now = useNow();
  const extent = extentOf(hops);
  const root = hops.find(({ parentId }) => parentId === null) ?? hops[0];
  const failedAt = endedAt(hops);
  return (
    <header className="panel mb-5 overflow-clip">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b border-rule px-4 py-4 sm:px-5">
        <h1 className="min-w-0 text-2xl [overflow-wrap:anywhere] sm:text-3xl">{root?.name ?? (arrival === 'absent' ? said.absent.title : said.loading)}</h1>
        <div role="status" className="flex items-center gap-3">
          <ArrivalMark arrival={arrival} failed={failedAt !== undefined} />
          <span><strong className="block leading-tight">{failedAt && arrival === 'arrived' ? said.ended(failedAt) : said.arrival[arrival]}</strong>
            {waitsFor.length > 0 ? <span data-waits-for={waitsFor.join(' ')} className="block text-sm leading-tight font-bold text-go">{said.waitsFor(waitsFor)}</span>
              : !failedAt && <span className="block text-sm leading-tight text-dim">{arrival === 'arrived' && !whole ? said.shownArrived : said.arrivalSaid[arrival]}</span>}</span>
          {arrival === 'lost' && <button type="button" className="button-plain" onClick={onAgain}>{said.again}</button>}
        </div>
      </div>
      <dl className="grid grid-cols-3 gap-x-6 gap-y-3 px-4 py-3 sm:flex sm:flex-wrap sm:gap-x-10 sm:px-5">
        <Figure name={said.took}>{hops.length > 0 ? <span data-total-ms={extent.durationMs}>{formatDuration(extent.durationMs)}</span> : '–'}</Figure>
        <Figure name={said.hops}>{hops.length}</Figure>
        <Figure name={said.workloads}>{new Set(hops.map(({ service }) => service)).size}</Figure>
        <Figure name={said.started}>{root && now > 0 ? formatTime(root.startedAt, now) : '–'}</Figure>
        <div className="col-span-2 min-w-0 sm:ml-auto"><dt className="eyebrow">{said.trace}</dt><dd className="flex items-center gap-2"><span className="truncate pt-1 font-mono text-sm">{traceId}</span><CopyText text={traceId} /></dd></div>
      </dl>
    </header>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <div><dt className="eyebrow">{name}</dt><dd className="text-xl leading-tight font-extrabold">{children}</dd></div>;
}

function ArrivalMark({ arrival, failed }: { readonly arrival: Arrival; readonly failed: boolean }) {
  if (arrival === 'travelling' || arrival === 'absent') {
    return <svg viewBox="0 0 48 16" className="h-5 w-14 text-go" aria-hidden="true"><path d="M3 8h42" stroke="currentColor" strokeWidth="4" opacity=".35" /><circle cx="5" cy="8" r="5" fill="currentColor" className="motion-safe:animate-[ride_1.6s_ease-in-out_infinite_alternate]" /></svg>;
  }
  const wrong = failed || arrival === 'lost';
  return (
    <svg viewBox="0 0 24 24" className={`size-8 ${wrong ? 'text-wrong' : 'text-[var(--health-healthy)]'}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="12" cy="12" r="10" /><path d={wrong ? 'M12 6.5v6M12 17v.01' : 'M7.5 12.5l3 3 6-6.5'} />
    </svg>
  );
}
