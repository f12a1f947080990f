'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { readJourney } from '../../api/journey.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { EmptyNote } from '../../ui/state-note.tsx';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { Words } from '../../ui/words.tsx';

const said = journeyTexts.absent;

/** No hop is known of this trace: why that may be, in the API's own words, and what to do. It goes when one comes. */
export function NothingKnown({ traceId }: { readonly traceId: string }) {
  // A stream of nothing says no reason; the plain question is answered with one.
  const { error } = useQuery({ queryKey: ['absent', traceId], queryFn: ({ signal }) => readJourney(traceId, signal), retry: false });
  const { detail, fix } = error ? problemOf(error) : { detail: said.detail, fix: undefined };
  return (
    <div data-absent>
      <EmptyNote title={detail} next={fix && <Words text={fix} />}>
        <div className="flex flex-wrap gap-3">
          <Link className="button-go" href="/journeys">{said.search}</Link>
          <Link className="button-plain" href="/send">{said.send}</Link>
        </div>
      </EmptyNote>
    </div>
  );
}
