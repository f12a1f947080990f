'use client';
import { useRef, useState, type FormEvent } from 'react';
import type { AlertRule } from '../../api/alerts.ts';
import { Field } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { scaleOf, valueText, wishOf } from './rule-wish.ts';
import { usePreview, useSaveRule } from './use-alerts.ts';

const whats = ['errorShare', 'p99', 'requestRate', 'absent'] as const;

/** A rule, with what it reads now before anybody saves it. */
export function RuleDialog({ rule, workloads, onClose }: { readonly rule: AlertRule | undefined; readonly workloads: readonly string[]; readonly onClose: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const [what, setWhat] = useState<AlertRule['what']>(rule?.what ?? 'errorShare');
  const [save, preview] = [useSaveRule(), usePreview()];
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ id: rule?.id ?? null, wish: wishOf(new FormData(event.currentTarget)) }, { onSuccess: onClose });
  };
  const onPreview = () => {
    if (form.current?.reportValidity()) preview.mutate(wishOf(new FormData(form.current)));
  };
  const error = save.error ?? preview.error;
  return (
    <Modal title={rule ? said.changeRuleSaid(rule.name) : said.newRule} onClose={onClose}>
      <form ref={form} className="grid gap-4" onSubmit={onSubmit} onChange={() => preview.reset()} aria-busy={save.isPending}>
        <Field name={said.name} hint={said.nameHint}><input className="field" name="name" required pattern="[A-Za-z][A-Za-z0-9_]{0,79}" defaultValue={rule?.name} autoComplete="off" /></Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name={said.what}>
            <select className="field" name="what" value={what} onChange={(event) => setWhat(whats.find((one) => one === event.target.value) ?? 'errorShare')}>{whats.map((one) => <option key={one} value={one}>{said.whatName(one)}</option>)}</select>
          </Field>
          <Field name={said.workload}><select className="field" name="workload" defaultValue={rule?.workload}>{workloads.map((name) => <option key={name}>{name}</option>)}</select></Field>
          {what !== 'absent' && (
            <>
              <Field name={said.comparison}><select className="field" name="comparison" defaultValue={rule?.comparison}><option value="above">{said.above}</option><option value="below">{said.below}</option></select></Field>
              <Field key={what} name={said.threshold(what)}><input className="field" type="number" name="threshold" required min={0} step="any" max={what === 'errorShare' ? 100 : 1_000_000} defaultValue={rule && rule.what === what ? Number((rule.threshold * scaleOf(what)).toFixed(6)) : what === 'p99' ? 500 : 5} /></Field>
              <Field name={said.window}><input className="field" type="number" name="windowSeconds" required min={10} max={86_400} defaultValue={rule?.windowSeconds || 60} /></Field>
            </>
          )}
          <Field name={said.forSeconds}><input className="field" type="number" name="forSeconds" required min={0} max={86_400} defaultValue={rule?.forSeconds ?? 0} /></Field>
          <Field name={said.keep}><input className="field" type="number" name="keepFiringSeconds" required min={0} max={86_400} defaultValue={rule?.keepFiringSeconds ?? 0} /></Field>
          <Field name={said.severityName}><select className="field" name="severity" defaultValue={rule?.severity ?? 'ticket'}><option value="page">{said.severity.page}</option><option value="ticket">{said.severity.ticket}</option></select></Field>
        </div>
        {what !== 'absent' && <Field name={said.route} hint={said.routeHint}><input className="field" name="route" pattern="(GET|HEAD|POST|PUT|DELETE) /.*" defaultValue={rule?.route} autoComplete="off" /></Field>}
        <div className="flex flex-wrap gap-3">
          <button className="button-go" disabled={save.isPending}>{save.isPending ? said.busy : said.save}</button>
          <button type="button" className="button-plain" disabled={preview.isPending} onClick={onPreview}>{said.preview}</button>
        </div>
        {preview.data && (
          <p role="status" data-preview className="[overflow-wrap:anywhere]">
            {said.previewed(valueText(what, preview.data.value), preview.data.requests)} <strong>{preview.data.breached ? said.breach : said.noBreach}</strong><br />
            <code className="text-sm text-dim">{preview.data.expr}</code>
          </p>
        )}
        {error && <ProblemNotice problem={problemOf(error)} />}
      </form>
    </Modal>
  );
}
