'use client';
import type { FormEvent } from 'react';
import type { FaultList } from '../../api/monitoring.ts';
import { Field, ReasonField } from '../../ui/field.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { faultTexts as said } from '../../ui/texts/faults.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useUrlState, useUrlStates } from '../../ui/url-state.ts';
import { useMay } from '../session/use-may.ts';
import { useBeginFault } from './switch-faults.ts';

/** What is chosen stands in the address, except the reason; a link may bring numbers as well. */
export function FaultForm({ list }: { readonly list: FaultList }) {
  const [workload, setWorkload] = useUrlState('workload');
  const [kind, setKind] = useUrlState('kind');
  const [linked] = useUrlStates();
  const begin = useBeginFault();
  const operator = useMay('operator');
  const of = list.kinds.find((one) => one.kind === kind) ?? list.kinds[0];
  if (!of) return null;
  const graded = of.least !== of.most;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    begin.mutate({ workload: text('workload'), kind: of.kind, strength: graded ? Number(text('strength')) : of.least, seconds: Number(text('seconds')), reason: text('reason') });
  };
  return (
    <section aria-labelledby="switch" className="panel min-w-0 p-5">
      <h2 id="switch" className="mb-4 text-xl">{said.form}</h2>
      <form className="grid gap-4" onSubmit={onSubmit} aria-busy={begin.isPending}>
        <Field name={said.workload}>
          <select className="field" name="workload" required value={list.workloads.includes(workload ?? '') ? workload ?? '' : list.workloads[0]} onChange={(event) => setWorkload(event.target.value)}>
            {list.workloads.map((name) => <option key={name}>{name}</option>)}
          </select>
        </Field>
        <Field name={said.kind} hint={of.about}>
          <select className="field" name="kind" required value={of.kind} onChange={(event) => setKind(event.target.value)}>
            {list.kinds.map((one) => <option key={one.kind} value={one.kind}>{said.name(one.kind)}</option>)}
          </select>
        </Field>
        {graded && (
          <Field name={said.strength(of.unit, of.least, of.most)}>
            <input key={of.kind} className="field" type="number" name="strength" required min={of.least} max={of.most} step={1} defaultValue={wholeIn(linked.get('strength'), of.least, of.most) ?? Math.min(of.most, of.unit === 'ms' ? 500 : of.unit === '%' ? 50 : 8)} />
          </Field>
        )}
        <Field name={said.seconds} hint={said.secondsHint(list.longestSeconds)}>
          <input className="field" type="number" name="seconds" required min={1} max={list.longestSeconds} step={1} defaultValue={wholeIn(linked.get('seconds'), 1, list.longestSeconds) ?? 60} />
        </Field>
        <ReasonField hint={said.reasonHint} />
        <button className="button-go" disabled={begin.isPending || !operator}>{begin.isPending ? said.busy : said.submit}</button>
        {!operator && <p className="text-sm text-dim">{roleTexts.operator}</p>}
        {begin.error && <ProblemNotice problem={problemOf(begin.error)} />}
      </form>
    </section>
  );
}

/** @returns undefined for what the field would refuse */
function wholeIn(text: string | null, least: number, most: number): number | undefined {
  const value = Number(text ?? '');
  return text !== null && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
