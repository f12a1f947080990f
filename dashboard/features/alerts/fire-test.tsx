'use client';
import type { FormEvent } from 'react';
import { ReasonField } from '../../ui/field.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useMay } from '../session/use-may.ts';
import { useFireTest } from './use-alerts.ts';

export function FireTest() {
  const fire = useFireTest();
  const operator = useMay('operator');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    fire.mutate(String(new FormData(event.currentTarget).get('reason')).trim());
  };
  return (
    <section aria-labelledby="test" className="panel min-w-0 p-5">
      <h2 id="test" className="mb-1 text-xl">{said.fireTest}</h2>
      <p className="mb-4 text-sm text-dim">{said.fireTestLead}</p>
      <form className="grid gap-4" onSubmit={onSubmit} aria-busy={fire.isPending}>
        <ReasonField hint={said.noteHint} />
        <button className="button-go" disabled={fire.isPending || !operator}>{fire.isPending ? said.busy : said.fireTest}</button>
        {!operator && <p className="text-sm text-dim">{roleTexts.operator}</p>}
        {fire.error && <ProblemNotice problem={problemOf(fire.error)} />}
      </form>
    </section>
  );
}
