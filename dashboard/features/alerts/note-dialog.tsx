'use client';
import type { FormEvent } from 'react';
import { Field, ReasonField } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import type { Noting } from './noting.ts';
import { useAcknowledge, useSilence } from './use-alerts.ts';

/** Who keeps an alert quiet says why, and for a silence until when. */
export function NoteDialog({ noting: { alert, act }, onClose }: { readonly noting: Noting; readonly onClose: () => void }) {
  const [acknowledge, silence] = [useAcknowledge(), useSilence()];
  const { isPending, error } = act === 'silence' ? silence : acknowledge;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = String(form.get('reason')).trim();
    if (act === 'silence') silence.mutate({ rule: alert.rule, seconds: Number(form.get('minutes')) * 60, reason }, { onSuccess: onClose });
    else acknowledge.mutate({ fingerprint: alert.fingerprint, reason }, { onSuccess: onClose });
  };
  return (
    <Modal title={act === 'silence' ? said.silenceSaid(alert.name) : said.acknowledgeSaid(alert.name)} onClose={onClose}>
      <form className="grid gap-4" onSubmit={onSubmit} aria-busy={isPending}>
        {act === 'silence' && <Field name={said.minutes} hint={said.minutesHint}><input className="field" type="number" name="minutes" required min={1} max={43_200} step={1} defaultValue={60} /></Field>}
        <ReasonField hint={said.noteHint} />
        <button className="button-go" disabled={isPending}>{isPending ? said.busy : act === 'silence' ? said.silence : said.acknowledge}</button>
        {error && <ProblemNotice problem={problemOf(error)} />}
      </form>
    </Modal>
  );
}
