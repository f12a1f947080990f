'use client';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { Field } from '../../ui/field.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { requestTexts } from '../../ui/texts/overview.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { useWish } from '../change/use-wish.ts';
import { environmentOf, environments } from '../environments.ts';

const said = requestTexts;

/** The golden journey's ticket. What stands in it stands in the address, except the reason. */
export function DeploymentForm({ workloads }: { readonly workloads: readonly string[] }) {
  const router = useRouter();
  const [workload, setWorkload] = useUrlState('workload');
  const [environment, setEnvironment] = useUrlState('environment');
  const chosenEnvironment = environmentOf(environment);
  const watch = (traceId: string) => router.push(`/journeys/${traceId}?in=${chosenEnvironment}`);
  const send = useWish(({ traceId }) => watch(traceId), watch);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    send.mutate({ kind: 'release', workload: text('workload'), environment: text('environment'), revision: text('revision'), reason: text('reason') });
  };
  const chosen = workloads.includes(workload ?? '') ? workload ?? '' : workloads[0] ?? '';
  const busy = send.isPending || send.isSuccess;

  return (
    <section aria-labelledby="ask" className="panel order-2 overflow-clip">
      <header className="on-sign grid gap-2 border-b-2 border-dashed border-ground dark:border-rule bg-sign p-5 text-sign-ink">
        <h2 id="ask" className="text-2xl">{said.title}</h2>
        <p className="text-sm text-sign-dim">{said.lead}</p>
      </header>
      <form className="grid gap-4 p-5" onSubmit={submit} aria-busy={busy}>
        <Field name={said.workload}>
          <select className="field" name="workload" required value={chosen} onChange={(event) => setWorkload(event.target.value)}>
            {workloads.map((name) => <option key={name}>{name}</option>)}
          </select>
        </Field>
        <Field name={said.environment}>
          <select className="field" name="environment" required value={chosenEnvironment} onChange={(event) => setEnvironment(event.target.value)}>
            {environments.map((name) => <option key={name}>{name}</option>)}
          </select>
        </Field>
        <Field name={said.revision} hint={said.revisionHint}>
          <input className="field font-mono text-sm" name="revision" required defaultValue="worktree" spellCheck={false} autoComplete="off"
            pattern="worktree|[0-9a-f]{40}|sha256:[0-9a-f]{64}" title={said.revisionShape} maxLength={71} />
        </Field>
        <Field name={said.reason} hint={said.reasonHint}>
          <input className="field" name="reason" required maxLength={500} defaultValue={said.reasonExample} autoComplete="off" />
        </Field>
        <button className="button-go text-lg" disabled={busy || chosen === ''}>{busy ? said.busy : said.submit}</button>
        {send.error && <ProblemNotice problem={problemOf(send.error)} watch={said.watch} />}
      </form>
    </section>
  );
}
