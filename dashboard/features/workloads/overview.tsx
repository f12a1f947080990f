'use client';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { overviewTexts } from '../../ui/texts/overview.ts';
import { DeploymentForm } from '../deployment/deployment-form.tsx';
import { LatestJourneys } from '../journeys/latest-journeys.tsx';
import { TrafficSwitch } from '../traffic/traffic-switch.tsx';
import { Freshness } from './freshness.tsx';
import { NetworkMap } from './network-map.tsx';
import { useWorkloads } from './use-workloads.ts';
import { WorkloadLine } from './workload-line.tsx';

const said = overviewTexts;

/**
 * How everything is, and the one thing to do.
 * @param consumes references through which messages come in: known to the server, so that no page loads every contract
 */
export function Overview({ consumes }: { readonly consumes: readonly string[] }) {
  const { data: workloads, error, dataUpdatedAt, refetch } = useWorkloads();
  const healthy = workloads?.filter(({ health }) => health === 'Healthy').length ?? 0;
  return (
    // One column on a phone, where the form comes before the list; two on a desk.
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">{said.title}</h1>
      <div className="contents lg:grid lg:gap-6">
        <NetworkMap workloads={workloads} consumes={consumes} />
        <section aria-labelledby="workloads" className="panel order-3 min-w-0">
          <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-rule px-4 py-3 sm:px-5">
            <h2 id="workloads" className="text-2xl">{said.workloads}</h2>
            {workloads && workloads.length > 0 && <p className="font-bold">{said.healthy(healthy, workloads.length)}</p>}
            <Freshness updatedAt={dataUpdatedAt} lost={error !== null} />
          </header>
          {error && <div className="p-4"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
          {workloads && workloads.length > 0 && <WorkloadLine workloads={workloads} />}
          {workloads?.length === 0 && <p className="p-5"><strong>{said.empty}</strong> <span className="text-dim">{said.emptyNext}</span></p>}
          {!workloads && !error && <p className="p-5 text-dim">{said.loading}</p>}
        </section>
        <div id="words-place" className="contents" />
      </div>
      <div className="contents lg:grid lg:gap-6">
        <DeploymentForm workloads={workloads?.map(({ name }) => name) ?? []} />
        <LatestJourneys />
        <TrafficSwitch />
      </div>
    </div>
  );
}
