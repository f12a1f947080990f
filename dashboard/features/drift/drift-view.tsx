'use client';
import { useEffect, useState } from 'react';
import type { Environment, FleetDrift } from '../../api/delivery.ts';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { formatTime } from '../../ui/format.ts';
import { LiveMark } from '../../ui/live-mark.tsx';
import { Modal } from '../../ui/modal.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LoadingNote } from '../../ui/state-note.tsx';
import { changeTexts } from '../../ui/texts/change.ts';
import { driftTexts as said } from '../../ui/texts/drift.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { useNow } from '../../ui/use-now.ts';
import { EngineForm } from '../change/engine-form.tsx';
import { useEnvironments } from '../matrix/use-environments.ts';
import { useMay } from '../session/use-may.ts';
import { DriftTable } from './drift-table.tsx';
import { InSync } from './in-sync.tsx';
import { useDrift } from './use-drift.ts';

/** The whole fleet on one page: what is not as main says, field by field; who is not watched, and why. */
export function DriftView() {
  const { data, error, refetch, dataUpdatedAt } = useDrift();
  const { data: fleet } = useEnvironments();
  const since = useCleanSince(data, dataUpdatedAt);
  const [healing, setHealing] = useUrlState('heal');
  const now = useNow();
  const may = useMay('operator');
  const environments = fleet?.environments ?? [];
  const drifted = [...Map.groupBy(data?.drift ?? [], ({ environment }) => environment)];
  const watched = environments.filter(({ connected }) => connected);
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        {data && <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={false} everyMs={2000} />}
      </PageHead>
      {error && <div className="mb-5"><ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <LoadingNote text={said.loading} rows={3} />}
      {data && drifted.length === 0 && <InSync watched={watched} known={fleet !== undefined} since={since !== undefined && now > 0 ? formatTime(since, now) : undefined} />}
      {data && drifted.length > 0 && <p role="status" className="mb-3 text-lg font-extrabold text-[var(--health-progressing)]">{said.found(data.drift.length, drifted.length)}</p>}
      <div className="grid gap-5">
        {drifted.map(([name, rows]) => (
          <section key={name} aria-labelledby={`drift-${name}`} className="panel min-w-0 overflow-clip" data-drift={name}>
            <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
              <h2 id={`drift-${name}`}><EnvironmentSign name={name} /></h2>
              <p className="min-w-0 grow text-dim">{healsText(environments.find((environment) => environment.name === name))}</p>
              <button type="button" className="button-plain disabled:text-dim" disabled={!may} title={may ? undefined : roleTexts.operator} onClick={() => setHealing(name)}>{said.heal(name)}</button>
            </header>
            <DriftTable rows={rows} />
          </section>
        ))}
        {data?.healed && data.healed.length > 0 && (
          <section aria-labelledby="healed" className="panel min-w-0 overflow-clip">
            <h2 id="healed" className="px-4 py-3 text-lg sm:px-5">{said.healed}</h2>
            <DriftTable rows={data.healed} />
          </section>
        )}
        {data && data.unwatched.length > 0 && <Unwatched unwatched={data.unwatched} />}
      </div>
      {healing && may && <Modal title={changeTexts.sync.title(healing)} lead={changeTexts.sync.lead} onClose={() => setHealing(null)}><EngineForm act="sync" environment={healing} automatic={false} onDone={() => setHealing(null)} /></Modal>}
    </>
  );
}

function healsText(environment: Environment | undefined): string {
  if (environment?.automatic === undefined) return '';
  return environment.automatic ? said.heals : said.stays;
}

/** Since when this page has seen no drift; undefined while there is some. */
function useCleanSince(data: FleetDrift | undefined, updatedAt: number): number | undefined {
  const [since, setSince] = useState<number>();
  const clean = data?.drift.length === 0;
  useEffect(() => setSince((before) => (clean ? before ?? updatedAt : undefined)), [clean, updatedAt]);
  return since;
}

function Unwatched({ unwatched }: Pick<FleetDrift, 'unwatched'>) {
  return (
    <section aria-labelledby="unwatched" className="panel min-w-0 p-4 sm:px-5">
      <h2 id="unwatched" className="text-lg">{said.unwatched}</h2>
      <p className="mb-2 text-sm text-dim">{said.unwatchedSaid}</p>
      <ul className="grid gap-2">{unwatched.map(({ environment, why }) => <li key={environment} className="flex flex-wrap items-baseline gap-x-3"><EnvironmentSign name={environment} small /><span className="min-w-0 [overflow-wrap:anywhere]">{why}</span></li>)}</ul>
    </section>
  );
}
