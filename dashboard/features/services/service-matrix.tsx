'use client';
import { Fragment } from 'react';
import type { Declared } from '../../api/declared.ts';
import type { Second } from '../../api/live-metrics.ts';
import type { Figures } from '../../api/metrics.ts';
import type { Workload } from '../../api/monitoring.ts';
import { HealthMark } from '../../ui/health-mark.tsx';
import { figureTexts } from '../../ui/texts/figures.ts';
import { serviceTexts as said } from '../../ui/texts/services.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { formatRate, formatSeconds, formatShare } from '../figures/figure-text.ts';
import { ServiceDetail } from './service-detail.tsx';

interface Props { readonly figures: Figures; readonly workloads: readonly Workload[]; readonly second: Second | undefined; readonly graph: Declared | undefined }
const columns = ['now', 'rate', 'errors', 'refused', 'p50', 'p99'] as const;

/** Workload by workload: what it does, and what it runs when it is opened. */
export function ServiceMatrix({ figures, workloads, second, graph }: Props) {
  const [open, setOpen] = useUrlState('open');
  const groups = new Map(figures.groups.map((group) => [String(group.labels['service']), group]));
  const names = [...new Set([...workloads.map(({ name }) => name), ...groups.keys()])].toSorted();
  const health = new Map(workloads.map((workload) => [workload.name, workload.health]));
  return (
    <section aria-labelledby="matrix" className="panel min-w-0 overflow-clip">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 px-4 py-3 sm:px-5">
        <h2 id="matrix" className="text-2xl">{said.matrix}</h2>
        <p className="max-w-prose text-sm text-dim">{said.about}</p>
      </header>
      <div className="overflow-x-auto" role="region" aria-labelledby="matrix" tabIndex={0}>
        <table className="w-full text-right whitespace-nowrap">
          <thead><tr className="eyebrow border-y border-rule bg-sunk">
            <th scope="col" className="sticky left-0 z-10 bg-sunk px-4 py-2 text-left sm:px-5">{said.workload}</th>
            {columns.map((column) => <th key={column} scope="col" className="px-3 py-2 sm:px-4">{figureTexts[column]}</th>)}
            <th scope="col" className="px-4 py-2 text-left sm:px-5">{figureTexts.health}</th>
          </tr></thead>
          <tbody className="divide-y divide-rule">
            {names.map((name) => {
              const group = groups.get(name);
              const now = second && (second.service.find(({ labels }) => labels['service'] === name)?.requests ?? 0);
              const state = health.get(name) ?? 'Unknown';
              const cell = 'px-3 py-2 sm:px-4';
              return (
                <Fragment key={name}>
                  <tr data-service={name} data-requests={group?.requests ?? 0} data-health={state}>
                    <th scope="row" className="sticky left-0 z-10 bg-panel px-4 py-1 text-left sm:px-5">
                      <button type="button" aria-expanded={open === name} aria-label={said.open(name)} onClick={() => setOpen(open === name ? null : name)} className="flex min-h-10 items-center gap-2 text-base font-extrabold">
                        <svg viewBox="0 0 12 12" className={`size-3 text-go ${open === name ? 'rotate-90' : ''}`} aria-hidden="true"><path d="M4 1.5 8.5 6 4 10.5" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" /></svg>{name}
                      </button>
                    </th>
                    <td className={`${cell} text-dim`}>{now === undefined ? '–' : formatRate(now)}</td>
                    {group ? (
                      <>
                        <td className={`${cell} font-bold`}>{formatRate(group.rate)}</td>
                        <td className={`${cell} ${group.errors > 0 ? 'font-bold text-wrong' : ''}`}>{formatShare(group.errors, group.requests)}</td>
                        <td className={cell}>{formatShare(group.refused, group.requests)}</td>
                        <td className={cell}>{formatSeconds(group.p50)}</td><td className={cell}>{formatSeconds(group.p99)}</td>
                      </>
                    ) : <td colSpan={5} className={`${cell} text-dim`}>{said.unasked}</td>}
                    <td className="px-4 py-2 text-left sm:px-5"><span className="flex items-center gap-2 font-bold text-line"><HealthMark health={state} className="size-6" />{state}</span></td>
                  </tr>
                  {open === name && <tr><td colSpan={8} className="bg-sunk p-0 text-left whitespace-normal"><ServiceDetail service={name} graph={graph} /></td></tr>}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
