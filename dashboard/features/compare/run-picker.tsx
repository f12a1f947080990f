'use client';
import type { JourneySummary } from '../../api/monitoring.ts';
import { formatDuration, formatTime, shortId } from '../../ui/format.ts';
import { Field } from '../../ui/field.tsx';
import { compareTexts as said } from '../../ui/texts/runs.ts';
import { useNow } from '../../ui/use-now.ts';

interface Props {
  /** Those that are offered; one that is older stays chosen by its id. */
  readonly journeys: readonly JourneySummary[];
  readonly label: string;
  readonly chosen: string | undefined;
  /** The other run: those of the same route come first. */
  readonly like: string | undefined;
  readonly onChange: (traceId: string) => void;
}

/** One of the journeys that are offered. */
export function RunPicker({ journeys, label, chosen, like, onChange }: Props) {
  const now = useNow();
  const name = journeys.find(({ traceId }) => traceId === like)?.name;
  const others = journeys.filter(({ traceId }) => traceId !== like).toSorted((one, other) => Number(other.name === name) - Number(one.name === name));
  return (
    <Field name={label} hint={chosen && <a className="font-bold text-go underline-offset-4 hover:underline" href={`/journeys/${chosen}`}>{said.open}</a>}>
      <select className="field" value={chosen ?? ''} onChange={(event) => onChange(event.target.value)}>
        <option value="" disabled>{said.choose}</option>
        {chosen && !others.some(({ traceId }) => traceId === chosen) && <option value={chosen}>{chosen}</option>}
        {others.map(({ traceId, name: route, startedAt, durationMs }) => <option key={traceId} value={traceId}>{`${route}, ${now > 0 ? formatTime(startedAt, now) : ''}, ${formatDuration(durationMs)}, ${shortId(traceId)}`}</option>)}
      </select>
    </Field>
  );
}
