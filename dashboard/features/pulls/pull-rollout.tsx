'use client';
import type { Cell, ChangeRequest, Environment, Pull } from '../../api/delivery.ts';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { formatTime } from '../../ui/format.ts';
import { LiveMark } from '../../ui/live-mark.tsx';
import { shortRelease } from '../../ui/release-text.ts';
import { pullTexts as said } from '../../ui/texts/pulls.ts';
import { useNow } from '../../ui/use-now.ts';
import { hasEnded } from '../change/course.ts';
import { Evidence } from '../change/request-status.tsx';
import { CellMark } from '../matrix/cell-mark.tsx';
import { useEnvironments } from '../matrix/use-environments.ts';

/** How what was merged becomes real, while it happens; silent when another change has taken its place since. */
export function PullRollout({ pull, request }: { readonly pull: Pull; readonly request: ChangeRequest | undefined }) {
  const { data: fleet, error, dataUpdatedAt, streamed, watched } = useEnvironments();
  const now = useNow();
  const environments = fleet?.environments.filter(({ name }) => pull.environments.includes(name)) ?? [];
  const under = environments.map((environment) => ({ environment, cells: environment.workloads.filter(({ rollout }) => rollout?.commit === pull.mergedAs) }));
  const waiting = request !== undefined && !hasEnded(request.status);
  if (!waiting && under.every(({ cells }) => cells.length === 0)) return null;
  return (
    <section aria-labelledby="rollout" className="panel min-w-0 divide-y divide-rule overflow-clip">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 p-4 sm:px-5">
        <h2 id="rollout" className="text-base tracking-normal">{said.rollout}</h2>
        <LiveMark updatedAt={dataUpdatedAt} lost={error !== null} streamed={streamed && watched} everyMs={streamed && watched ? 6000 : 2000} />
      </header>
      {under.map(({ environment, cells }) => (
        <div key={environment.name} className="grid gap-3 p-4 sm:px-5" data-rollout={environment.name}>
          <EnvironmentSign name={environment.name} small />
          {cells.length === 0 && <p className="text-dim">{waitText(environment, pull)}</p>}
          {cells.map((cell) => <Workload key={cell.workload} cell={cell} now={now} />)}
        </div>
      ))}
    </section>
  );
}

function Workload({ cell, now }: { readonly cell: Cell; readonly now: number }) {
  const { workload, rollout, since } = cell;
  return (
    <div className="grid gap-1" data-workload={workload} data-phase={rollout?.phase}>
      <strong>{workload}</strong>
      <CellMark cell={cell} connected now={now} />
      {rollout && answers(cell) && now > 0 && (
        <p role="status" className="font-bold text-[var(--health-healthy)]">
          {said.answersSince(workload, shortRelease(cell.live ?? rollout.release), formatTime(Date.parse(since ?? rollout.endedAt ?? rollout.startedAt), now))}
          {rollout.phase === 'Progressing' && <span className="block font-normal text-dim">{said.stillWatched}</span>}
        </p>
      )}
      {rollout && rollout.evidence.length > 0 && <Evidence lines={rollout.evidence} calm={rollout.phase !== 'Degraded'} />}
    </div>
  );
}

/** It has taken over and is well, even while it is still watched. */
function answers({ rollout, health, sync }: Cell): boolean {
  return rollout?.phase === 'Healthy' || (rollout?.phase === 'Progressing' && health === 'Healthy' && sync === 'Synced');
}

function waitText({ name, connected, revision }: Environment, { mergedAs }: Pull): string {
  if (!connected) return said.notConnected(name);
  return revision === mergedAs ? said.takenUp(name) : said.rolloutWaits(name);
}
