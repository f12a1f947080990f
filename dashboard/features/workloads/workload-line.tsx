'use client';
import type { Workload } from '../../api/monitoring.ts';
import { formatAge, formatDuration } from '../../ui/format.ts';
import { overviewTexts } from '../../ui/texts/overview.ts';
import { useNow } from '../../ui/use-now.ts';
import { HealthMark } from '../../ui/health-mark.tsx';

const said = overviewTexts;

/** All workloads as the stations of one line. */
export function WorkloadLine({ workloads }: { readonly workloads: readonly Workload[] }) {
  const now = useNow();
  return (
    <ul className="relative py-2 before:absolute before:top-8 before:bottom-8 before:left-[1.8125rem] before:w-1 before:bg-rule sm:before:left-[2.0625rem]">
      {workloads.map((workload) => (
        <li key={workload.name} data-health={workload.health} className="relative grid grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2.5 sm:grid-cols-[2rem_minmax(8rem,11rem)_minmax(0,1fr)_auto] sm:px-5">
          <HealthMark health={workload.health} />
          <h3 className="truncate text-base font-extrabold tracking-normal">{workload.name}</h3>
          <p className="col-span-2 col-start-2 row-start-2 min-w-0 text-sm text-dim sm:col-span-1 sm:col-start-3 sm:row-start-1">
            {workload.seenAt === null ? said.neverSeen : now > 0 && said.seen(formatAge(now - workload.seenAt))}
            {workload.answerMs !== null && <>, {said.answered} {formatDuration(workload.answerMs)}</>}
            {workload.detail && workload.health !== 'Healthy' && <span className="block [overflow-wrap:anywhere] text-ink">{workload.detail}</span>}
          </p>
          <strong className="justify-self-end text-line">{workload.health}</strong>
        </li>
      ))}
    </ul>
  );
}
