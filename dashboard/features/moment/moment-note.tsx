'use client';
import Link from 'next/link';
import { useState } from 'react';
import type { Hop } from '../../api/monitoring.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { formatTime } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { compactRelease } from '../../ui/release-text.ts';
import { momentTexts as said } from '../../ui/texts/runs.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMoment, type Moment } from './use-moment.ts';

/** Time travel: main at the moment of the request, and what each process said of itself. */
export function MomentNote({ hops }: { readonly hops: readonly Hop[] }) {
  const [open, setOpen] = useState(false);
  const root = hops.find(({ parentId }) => parentId === null) ?? hops[0];
  const told = root?.attributes['deployment.environment.name'];
  const environment = typeof told === 'string' ? told : 'local';
  const startedAt = root?.startedAt ?? 0;
  const now = useNow(60_000);
  const { data, error, refetch } = useMoment(environment, startedAt, open && root !== undefined);
  return (
    <details className="panel mt-5 min-w-0 overflow-clip" data-moment={data?.commit} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="px-4 py-3 font-extrabold -outline-offset-3 sm:px-5">{said.title}</summary>
      <div className="grid gap-5 border-t border-rule p-4 sm:p-5" aria-busy={open && data === undefined && !error}>
        <p className="max-w-prose text-dim">{said.lead}</p>
        {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
        {open && data === undefined && !error && <p className="text-dim">{said.reading}</p>}
        {data === null && <p className="font-bold">{said.unknown}</p>}
        {data && (
          <>
            <p className="[overflow-wrap:anywhere]">{said.at(formatTime(startedAt, now))} <CommitText commit={data.commit} /> {data.entry?.title} <Link className="font-bold text-go underline-offset-4 hover:underline" href={`/environments/${environment}/manifests?commit=${data.commit}`}>{said.manifests}</Link></p>
            <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"><Releases moment={data} hops={hops} environment={environment} /><Knobs moment={data} environment={environment} /></div>
          </>
        )}
      </div>
    </details>
  );
}

function Releases({ moment: { processes }, hops, environment }: { readonly moment: Moment; readonly hops: readonly Hop[]; readonly environment: string }) {
  const ran = Map.groupBy(hops.filter(({ attributes }) => typeof attributes['journey.revision'] === 'string'), ({ service }) => service);
  const names = processes?.map(({ name }) => name) ?? [...new Set(hops.map(({ service }) => service))];
  return (
    <div className="min-w-0">
      {!processes && <p className="mb-3">{said.noPlan(environment)}</p>}
      <table className="w-full text-left text-sm">
        <thead><tr className="border-b border-rule text-dim"><th scope="col" className="py-1.5 pr-3">{said.workload}</th>{processes && <th scope="col" className="py-1.5 pr-3">{said.declared}</th>}<th scope="col" className="py-1.5">{said.ran}</th></tr></thead>
        <tbody>
          {names.map((name) => {
            const declared = processes?.find((process) => process.name === name);
            const valuesOf = (key: string) => [...new Set((ran.get(name) ?? []).map(({ attributes }) => String(attributes[key] ?? '')).filter((text) => text !== ''))];
            const [revisions, settings] = [valuesOf('journey.revision'), valuesOf('journey.config_version')];
            return (
              <tr key={name} data-workload={name} className="border-b border-rule align-top last:border-b-0">
                <th scope="row" className="py-1.5 pr-3">{name}</th>
                {declared && <td className="py-1.5 pr-3"><code title={declared.release} className="font-mono">{compactRelease(declared.release)}</code> <span className="text-dim">{said.replicas(declared.replicas)}</span></td>}
                <td className="py-1.5">{revisions.length === 0 ? <span className="text-dim">{said.notReported}</span> : revisions.map((revision) => <code key={revision} title={revision} className="mr-2 font-mono">{compactRelease(revision)}</code>)}
                  {settings.length > 0 && <span className="ml-1 text-dim" data-settings={settings.join(' ')}>{said.setTo} <code className="font-mono">{settings.join(', ')}</code></span>}
                  {declared && revisions.length > 0 && !revisions.includes(declared.release) && <strong className="block text-[var(--health-progressing)]">{said.differs}</strong>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Knobs({ moment: { knobs }, environment }: { readonly moment: Moment; readonly environment: string }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1.5 text-sm font-extrabold">{said.knobsOf(environment)}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">{knobs.map(({ name, value }) => <div key={name} className="contents"><dt className="text-dim">{name}</dt><dd className="font-mono">{String(value)}</dd></div>)}</dl>
      <p className="mt-3 text-sm text-dim">{said.notKnown}</p>
    </div>
  );
}
