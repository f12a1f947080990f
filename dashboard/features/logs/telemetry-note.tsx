'use client';
import { useQuery } from '@tanstack/react-query';
import { readTelemetry } from '../../api/logs.ts';
import { formatTime } from '../../ui/format.ts';
import { telemetryTexts as said } from '../../ui/texts/logs.ts';

const everyMs = 15_000;

/** How long lines are kept and what was refused, told where one looks for them: nothing is left out in silence. */
export function TelemetryNote() {
  const { data, error } = useQuery({ queryKey: ['telemetry'], queryFn: ({ signal }) => readTelemetry(signal), refetchInterval: everyMs });
  if (error) return <p className="mb-4 text-dim">{said.unknown}</p>;
  if (!data) return <p className="mb-4 min-h-6" aria-hidden="true" />;
  const { retentionDays, since, sources, refused, masked } = data;
  const values = masked.reduce((sum, one) => sum + one.values, 0);
  const time = formatTime(since, Date.now());
  return (
    <div data-refused={refused.reduce((sum, { records }) => sum + records, 0)} data-source={sources.logs} className="mb-4 text-dim">
      <p>{sources.logs === 'own' ? said.kept(retentionDays) : said.opensearch} {refused.length === 0 ? said.nothingRefused(time) : <strong className="text-[var(--health-progressing)]">{said.refused(time)}</strong>}{values > 0 && <span data-masked> {said.masked(values)}</span>}</p>
      {refused.length > 0 && (
        <ul className="mt-1 grid gap-1">
          {[...Map.groupBy(refused, ({ reason }) => reason)].map(([reason, ones]) => (
            <li key={reason} data-reason={reason}><strong className="text-[var(--health-progressing)]">{ones.map(({ signal, records }) => said.records[signal](records)).join(', ')}: {said.reasons[reason].why}</strong> {said.reasons[reason].fix}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
