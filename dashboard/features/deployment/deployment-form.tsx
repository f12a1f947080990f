'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { requestDeployment, type DeploymentWish } from '../../api/gateway.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { texts } from '../../ui/texts.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { environmentOf, environments } from '../environments.ts';
import { journeyKey } from '../journey/use-journey.ts';

const said = texts.request;

/** The golden journey's ticket. What stands in it stands in the address, except the reason. */
export function DeploymentForm({ workloads }: { readonly workloads: readonly string[] }) {
  const router = useRouter();
  const queries = useQueryClient();
  const [workload, setWorkload] = useUrlState('workload');
  const [environment, setEnvironment] = useUrlState('environment');
  const key = useRef<{ readonly wish: string; readonly value: string }>(undefined);
  const send = useMutation({
    mutationFn: (wish: DeploymentWish) => requestDeployment(wish, keyOf(key, wish)),
    onSuccess: ({ traceId, environment: into }) => {
      queries.setQueryData(journeyKey(traceId), null);
      router.push(`/journeys/${traceId}?in=${into}`);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    send.mutate({ workload: text('workload'), environment: text('environment'), revision: text('revision'), reason: text('reason') });
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
          <select className="field" name="environment" required value={environmentOf(environment)} onChange={(event) => setEnvironment(event.target.value)}>
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

/** One key per wish: sending the same again after an error is the same request, changing it makes a new one. */
function keyOf(kept: { current: { readonly wish: string; readonly value: string } | undefined }, wish: DeploymentWish): string {
  const text = JSON.stringify(wish);
  if (kept.current?.wish !== text) kept.current = { wish: text, value: crypto.randomUUID() };
  return kept.current.value;
}

function Field({ name, hint, children }: { readonly name: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <label className="grid gap-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3"><span className="font-bold">{name}</span>{hint && <span className="text-sm text-dim">{hint}</span>}</span>
      {children}
    </label>
  );
}
