'use client';
import type { Entry } from '../../api/delivery.ts';
import { historyTexts as said } from '../../ui/texts/history.ts';
import { environments } from '../environments.ts';

interface Props {
  readonly entries: readonly Entry[];
  readonly environment: string | undefined;
  readonly workload: string | undefined;
  readonly onChange: (values: Readonly<Record<string, string | null>>) => void;
}

/** Which part of main is shown; it stands in the address. */
export function HistoryFilter({ entries, environment, workload, onChange }: Props) {
  const workloads = [...new Set([...entries.flatMap((entry) => entry.workloads), ...(workload === undefined ? [] : [workload])])].toSorted();
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-2 sm:flex sm:gap-x-6">
      <Choice name={said.environment} value={environment} values={environments} onChange={(value) => onChange({ environment: value })} />
      <Choice name={said.workload} value={workload} values={workloads} onChange={(value) => onChange({ workload: value })} />
    </div>
  );
}

interface ChoiceProps { readonly name: string; readonly value: string | undefined; readonly values: readonly string[]; readonly onChange: (value: string | null) => void }

function Choice({ name, value, values, onChange }: ChoiceProps) {
  return (
    <label className="grid min-w-0 gap-1 sm:flex sm:items-center sm:gap-2">
      <span className="font-bold">{name}</span>
      <select className="field min-w-0 py-1 sm:w-auto" value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}>
        <option value="">{said.any}</option>
        {values.map((each) => <option key={each}>{each}</option>)}
      </select>
    </label>
  );
}
