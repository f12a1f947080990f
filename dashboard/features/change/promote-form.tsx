'use client';
import { useState } from 'react';
import type { Environment } from '../../api/delivery.ts';
import { shortRelease } from '../../ui/release-text.ts';
import { changeTexts } from '../../ui/texts/change.ts';
import { WishForm } from './wish-form.tsx';

const said = changeTexts.promote;
interface Props { readonly from: Environment; readonly to: Environment; readonly workload: string | undefined }

/** The releases of one environment, for the one that comes after it. */
export function PromoteForm({ from, to, workload }: Props) {
  const candidates = from.workloads.filter(({ next }) => next === to.name);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(candidates.map(({ workload: name }) => name).filter((name) => workload === undefined || name === workload)));
  const toggle = (name: string) => setChosen((before) => (before.has(name) ? new Set([...before].filter((each) => each !== name)) : new Set([...before, name])));
  if (candidates.length === 0) return <p>{said.none}</p>;
  return (
    <WishForm disabled={chosen.size === 0} wish={(values) => ({ kind: 'promotion', from: from.name, to: to.name, workloads: candidates.map(({ workload: name }) => name).filter((name) => chosen.has(name)), reason: values('reason') })}>
      <fieldset className="min-w-0">
        <legend className="mb-1 font-bold">{changeTexts.workloads}</legend>
        <ul className="divide-y divide-rule rounded border border-rule">
          {candidates.map(({ workload: name, release }) => (
            <li key={name}>
              <label className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-3 px-3 py-2 hover:bg-sunk">
                <input type="checkbox" className="size-4.5 accent-[var(--go-solid)]" checked={chosen.has(name)} onChange={() => toggle(name)} />
                <span className="truncate font-bold">{name}</span>
                <Step from={to.workloads.find((each) => each.workload === name)?.release} to={release} />
              </label>
            </li>
          ))}
        </ul>
        {chosen.size === 0 && <p className="mt-1 text-sm font-bold text-wrong" role="status">{said.choose}</p>}
      </fieldset>
      <ul className="grid gap-0.5 text-sm text-dim">
        <li>{said.approvals(to.approvals.release, to.name)}</li>
        {(to.soakMinutes ?? 0) > 0 && <li>{said.soak(to.soakMinutes ?? 0, from.name)}</li>}
        {!to.open && <li className="font-bold text-ink">{said.closed(to.name)}</li>}
      </ul>
    </WishForm>
  );
}

function Step({ from, to }: { readonly from: string | undefined; readonly to: string }) {
  return <code className="font-mono text-[0.8125rem] text-dim">{from ? shortRelease(from) : '–'} <span aria-hidden="true">→</span><span className="sr-only">to</span> <strong className="text-ink">{shortRelease(to)}</strong></code>;
}
