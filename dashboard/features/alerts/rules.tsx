'use client';
import { useState } from 'react';
import type { AlertRule } from '../../api/alerts.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { useMay } from '../session/use-may.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { useAlertRules } from './use-alerts.ts';

/** Rules of people first, which can be changed here; those of the model below. The open form stands in the address. */
export function Rules() {
  const { data, error, refetch } = useAlertRules();
  const [edit, setEdit] = useUrlState('edit');
  const [removed, setRemoved] = useState<AlertRule | null>(null);
  const operator = useMay('operator');
  const people = data?.rules.filter(({ origin }) => origin === 'person') ?? [];
  const model = data?.rules.filter(({ origin }) => origin === 'model') ?? [];
  const edited = people.find(({ id }) => id === edit);
  return (
    <section aria-labelledby="rules" className="panel min-w-0 overflow-clip">
      <header className="flex flex-wrap items-center justify-between gap-3 border-b border-rule px-4 py-3 sm:px-5">
        <h2 id="rules" className="text-xl">{said.rules}</h2>
        <button type="button" className="button-plain" disabled={!operator} title={operator ? undefined : roleTexts.operator} onClick={() => setEdit('new')}>{said.newRule}</button>
      </header>
      {data && people.length === 0 && <p className="p-4 text-dim sm:px-5">{said.noRules}</p>}
      <ul className="divide-y divide-rule">
        {people.map((rule) => (
          <RuleRow key={rule.id} rule={rule}>
            <span className="flex gap-2">
              <button type="button" className="button-plain" disabled={!operator} aria-label={said.changeRuleSaid(rule.name)} onClick={() => setEdit(rule.id)}>{said.changeRule}</button>
              <button type="button" className="button-plain" disabled={!operator} aria-label={said.removeRuleSaid(rule.name)} onClick={() => setRemoved(rule)}>{said.removeRule}</button>
            </span>
          </RuleRow>
        ))}
      </ul>
      {model.length > 0 && (
        <details className="border-t border-rule">
          <summary className="cursor-pointer px-4 py-3 font-bold sm:px-5">{said.ofModel(model.length)}</summary>
          <p className="px-4 pb-3 text-dim sm:px-5">{said.modelNext}</p>
          <ul className="divide-y divide-rule">{model.map((rule) => <RuleRow key={rule.id} rule={rule} />)}</ul>
        </details>
      )}
      {error && <div className="border-t border-rule p-4"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {data && (edit === 'new' || edited) && <RuleDialog key={edit} rule={edited} workloads={data.workloads} onClose={() => setEdit(null)} />}
      {removed && <RemoveDialog rule={removed} onClose={() => setRemoved(null)} />}
    </section>
  );
}

function RuleRow({ rule: { name, severity, summary, expr, by }, children }: { readonly rule: AlertRule; readonly children?: React.ReactNode }) {
  return (
    <li data-rule={name} className="grid gap-1 px-4 py-3 sm:px-5">
      <p className="flex flex-wrap items-center justify-between gap-2"><strong className="[overflow-wrap:anywhere]">{name}</strong>{children}</p>
      <p className="[overflow-wrap:anywhere]">{summary} <span className="text-dim">{said.severity[severity]}{by === null ? '' : `, ${said.by} ${by}`}</span></p>
      <code className="text-sm text-dim [overflow-wrap:anywhere]">{expr}</code>
    </li>
  );
}
