import Link from 'next/link';
import type { Hop } from '../../api/monitoring.ts';
import { formatDuration, shortId } from '../../ui/format.ts';
import { hopExtrasTexts as said } from '../../ui/texts/hop-extras.ts';
import { Part } from './part.tsx';

/** What few hops have: moments in them, journeys that have to do with them, and how much of both was not kept. */
export function HopExtras({ hop: { events = [], links = [], dropped } }: { readonly hop: Hop }) {
  return (
    <>
      {events.length > 0 && (
        <Part title={said.events}>
          <ol className="grid gap-1 text-sm">
            {events.map(({ offsetMs, name, attributes }, index) => (
              <li key={index} data-event className="[overflow-wrap:anywhere]"><span className="font-mono text-dim">{formatOffset(offsetMs)}</span> <strong>{name}</strong><Said attributes={attributes} /></li>
            ))}
          </ol>
        </Part>
      )}
      {links.length > 0 && (
        <Part title={said.links}>
          <ul className="grid gap-1 text-sm">
            {links.map(({ traceId, spanId, attributes }, index) => (
              <li key={index} data-link className="[overflow-wrap:anywhere]">
                <Link href={`/journeys/${traceId}?hop=${spanId}`} className="font-bold text-go underline-offset-4 hover:underline">{said.linked(shortId(traceId))}</Link><Said attributes={attributes} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {dropped && <p className="text-sm text-dim lg:col-span-2">{said.dropped(dropped)}</p>}
    </>
  );
}

/** Since the hop began: `+0.42 ms`; of a clock that was set back `−1.00 ms`. */
function formatOffset(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}`;
}

function Said({ attributes }: { readonly attributes: Hop['attributes'] }) {
  return Object.entries(attributes).toSorted().map(([name, value]) => (
    <span key={name} className="block pl-4 whitespace-pre-wrap"><span className="text-dim">{name}</span> <span className="font-mono">{typeof value === 'string' ? value : JSON.stringify(value)}</span></span>
  ));
}
