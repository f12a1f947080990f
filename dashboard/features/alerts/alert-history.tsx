'use client';
import { formatTime } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAlertHistory } from './use-alerts.ts';

export function AlertHistory() {
  const { data, error, refetch } = useAlertHistory();
  const now = useNow();
  return (
    <section aria-labelledby="history" className="panel min-w-0 overflow-clip">
      <h2 id="history" className="px-4 pt-3 text-xl sm:px-5">{said.history}</h2>
      <p className="border-b border-rule px-4 pb-3 text-sm text-dim sm:px-5">{said.historyNote}</p>
      {data?.entries.length === 0 && <p className="p-4 sm:px-5"><strong>{said.noHistory}</strong> <span className="text-dim">{said.noHistoryNext}</span></p>}
      <ol className="divide-y divide-rule">
        {data?.entries.map(({ id, at, name, change, person, reason }) => (
          <li key={id} data-change={`${name} ${change}`} className="flex flex-wrap gap-x-3 px-4 py-2 sm:px-5">
            <time className="text-dim" dateTime={new Date(at).toISOString()}>{now > 0 && formatTime(at, now)}</time>
            <span className="[overflow-wrap:anywhere]"><strong>{said.change(change)}</strong> {name} <span className="text-dim">{[person, reason].filter(Boolean).join(': ')}</span></span>
          </li>
        ))}
      </ol>
      {error && <div className="border-t border-rule p-4"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
    </section>
  );
}
