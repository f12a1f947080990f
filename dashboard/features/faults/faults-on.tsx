'use client';
import type { FaultList } from '../../api/monitoring.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { faultTexts as said } from '../../ui/texts/faults.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMay } from '../session/use-may.ts';
import { secondsLeft, unitOf } from './fault.ts';
import { useEndFault } from './switch-faults.ts';

export function FaultsOn({ list }: { readonly list: FaultList }) {
  const now = useNow();
  const end = useEndFault();
  const operator = useMay('operator');
  return (
    <section aria-labelledby="on" className="panel min-w-0 overflow-clip">
      <h2 id="on" className="border-b border-rule px-4 py-3 text-xl sm:px-5">{said.on}</h2>
      {list.faults.length === 0 && <p className="p-4 sm:px-5"><strong>{said.none}</strong> <span className="text-dim">{said.noneNext}</span></p>}
      <ul className="divide-y divide-rule">
        {list.faults.map((fault) => (
          <li key={fault.id} data-fault={`${fault.workload}/${fault.kind}`} className="grid gap-1 px-4 py-3 sm:px-5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <strong className="text-lg">{fault.workload}, {said.strong(fault.kind, fault.strength, unitOf(list, fault.kind))}</strong>
              <span className="font-bold">{now > 0 && said.left(secondsLeft(fault, now))}</span>
            </p>
            {said.held(fault) !== '' && <p className={fault.holding > 0 && fault.holding === fault.answering ? 'text-dim' : 'font-bold text-wrong'}>{said.held(fault)}</p>}
            <p className="flex flex-wrap items-center justify-between gap-x-4">
              <span className="text-dim [overflow-wrap:anywhere]"><span className="text-ink">{fault.reason}</span> {said.by} {fault.by}</span>
              <button type="button" className="button-plain" disabled={!operator || end.isPending} title={operator ? undefined : roleTexts.operator} aria-label={said.endSaid(fault.kind, fault.workload)} onClick={() => end.mutate(fault.id)}>{said.end}</button>
            </p>
          </li>
        ))}
      </ul>
      {end.error && <div className="border-t border-rule p-4"><ProblemNotice problem={problemOf(end.error)} /></div>}
    </section>
  );
}
