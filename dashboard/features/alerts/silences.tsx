'use client';
import type { Silence } from '../../api/alerts.ts';
import { formatTime } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMay } from '../session/use-may.ts';
import { useEndSilence, useSilences } from './use-alerts.ts';

export function Silences() {
  const { data, error, refetch } = useSilences();
  const [now, end, operator] = [useNow(), useEndSilence(), useMay('operator')];
  const on = data?.silences.filter(({ state }) => state !== 'expired') ?? [];
  const failure = error ?? end.error;
  return (
    <section aria-labelledby="silences" className="panel min-w-0 overflow-clip">
      <h2 id="silences" className="border-b border-rule px-4 py-3 text-xl sm:px-5">{said.silences}</h2>
      {data && on.length === 0 && <p className="p-4 sm:px-5"><strong>{said.noSilences}</strong> <span className="text-dim">{said.noSilencesNext}</span></p>}
      <ul className="divide-y divide-rule">
        {on.map((one) => (
          <li key={one.id} data-silence={one.kind} className="grid gap-1 px-4 py-3 sm:px-5">
            <p className="[overflow-wrap:anywhere]"><strong>{said.kind[one.kind]}</strong> <code className="text-sm">{matchersText(one)}</code></p>
            <p className="flex flex-wrap items-center justify-between gap-2">
              <span className="text-dim [overflow-wrap:anywhere]"><span className="text-ink">{one.reason}</span> {said.by} {one.by}, {one.endsAt === null ? said.untilResolved : said.until(formatTime(one.endsAt, now))}</span>
              <button type="button" className="button-plain" disabled={!operator || end.isPending} title={operator ? undefined : roleTexts.operator} aria-label={said.endSaid(one.reason)} onClick={() => end.mutate(one.id)}>{said.end}</button>
            </p>
          </li>
        ))}
      </ul>
      {/* An end that failed has its button for another try. */}
      {failure && <div className="border-t border-rule p-4"><ProblemNotice problem={problemOf(failure)} onRetry={error ? () => void refetch() : undefined} /></div>}
    </section>
  );
}

const matchersText = ({ matchers }: Silence): string => matchers.map(({ name, value, isRegex, isEqual }) => `${name}${isEqual ? '=' : '!'}${isRegex ? '~' : isEqual ? '' : '='}"${value}"`).join(', ');
