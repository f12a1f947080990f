'use client';
import Link from 'next/link';
import { CopyButton } from '../../ui/copy-text.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { actTexts as said } from '../../ui/texts/runs.ts';
import { rootOf } from '../composer/root-of.ts';
import { sentAs } from '../composer/sent.ts';
import { useSend } from '../composer/use-send.ts';
import { asCommand, asCurl } from './copies.ts';
import type { Hop } from './hop-tree.ts';

/** The same request once more, elsewhere, or beside another run. */
export function JourneyActs({ traceId, hops }: { readonly traceId: string; readonly hops: readonly Hop[] }) {
  const send = useSend();
  const own = sentAs(traceId);
  const sent = own ?? rootOf(hops);
  // What reads is sent at once; what changes something goes through the form that names its effect.
  const again = own?.whole && own.method === 'GET' ? own : undefined;
  const link = 'inline-flex min-h-9 items-center rounded px-1.5 text-sm font-bold text-go hover:underline';
  return (
    <section aria-label={said.label} className="mb-5 grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {again ? <button type="button" className="button-plain" disabled={send.isPending} onClick={() => send.mutate({ wanted: again })}>{send.isPending ? said.busy : said.replay}</button>
          : <Link className="button-plain" href={`/send?again=${traceId}&ask=yes`}>{said.replay}</Link>}
        {sent && <CopyButton text={asCurl(sent, window.location.origin)} label={said.curl} />}
        {sent && <CopyButton text={asCommand(sent)} label={said.command} />}
        <Link className={link} href={`/journeys/compare?a=${traceId}`}>{said.compare}</Link>
      </div>
      {send.error && <ProblemNotice problem={problemOf(send.error)} />}
    </section>
  );
}
