'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Cell, Environment } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { formatTime } from '../../ui/format.ts';
import { PathText } from '../../ui/path-text.tsx';
import { SyncMark } from '../../ui/sync-mark.tsx';
import { changeTexts } from '../../ui/texts/change.ts';
import { environmentTexts as said } from '../../ui/texts/environments.ts';
import { Evidence } from '../change/request-status.tsx';
import type { Act } from '../change/acts.ts';
import { driftTexts } from '../../ui/texts/drift.ts';

interface Props { readonly cell: Cell; readonly environment: Environment; readonly now: number; readonly may: boolean; readonly onAct: (act: Act) => void }

/** Everything about one workload in one environment, and what can be done about it. */
export function CellDetail({ cell, environment, now, may, onAct }: Props) {
  const { workload, rollout, drift, why, health, declaredAt, provenance, revision } = cell;
  return (
    <div data-health={health} className="grid gap-x-8 gap-y-5 border-t-4 border-t-[var(--line)] bg-panel p-4 lg:grid-cols-2 lg:p-5 xl:grid-cols-3">
      <Part title={said.details(workload, environment.name)}>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          <Row name={said.desired}><Release release={cell.release} replicas={cell.replicas} /></Row>
          {environment.connected && <Row name={said.live}><Release release={cell.live ?? ''} replicas={cell.ready} /></Row>}
          {environment.connected && <Row name={said.sync}><span className="inline-flex items-center gap-1.5"><SyncMark sync={cell.sync} />{cell.sync}</span></Row>}
          {environment.connected && <Row name={said.health}><strong className="text-line">{health}</strong></Row>}
          {why && <Row name={said.why}>{why}</Row>}
          {cell.ahead > 0 && <Row name={said.distance}>{said.behind(cell.ahead, environment.after ?? 'main')}</Row>}
          {revision && <Row name={said.provenance}><CommitText commit={revision} /></Row>}
          {provenance && <Row name={said.builtBy}><PathText text={provenance} className="[overflow-wrap:anywhere]" /></Row>}
          {declaredAt && <Row name={said.declaredAt}><PathText text={declaredAt} /></Row>}
        </dl>
      </Part>
      {environment.connected && (
        <Part title={said.drift}>
          {drift.length === 0 ? <p className="text-dim">{said.noDrift}</p> : (
            <table className="w-full text-sm">
              <thead><tr className="text-left text-dim"><th scope="col" className="pr-3 font-normal">{said.field}</th><th scope="col" className="pr-3 font-normal">{said.desired}</th><th scope="col" className="font-normal">{said.live}</th></tr></thead>
              <tbody>{drift.map((each) => <tr key={each.field} className="align-top font-mono text-[0.8125rem] [overflow-wrap:anywhere]"><th scope="row" className="pr-3 text-left">{each.field}</th><td className="pr-3">{each.desired || driftTexts.nothing}</td><td className="font-bold text-[var(--health-progressing)]">{each.live || driftTexts.nothing}</td></tr>)}</tbody>
            </table>
          )}
        </Part>
      )}
      {environment.connected && (
        <Part title={said.rollout}>
          {!rollout ? <p className="text-dim">{said.noRollout}</p> : (
            <div className="grid gap-3" data-health={rollout.phase}>
              <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
                <Row name={said.phase}><strong className="text-line">{rollout.phase}</strong>{rollout.phase === 'Progressing' && <span className="text-dim">, {said.watched}</span>}</Row>
                <Row name={said.commit}><CommitText commit={rollout.commit} /></Row>
                {now > 0 && <Row name={said.started}>{formatTime(Date.parse(rollout.startedAt), now)}</Row>}
                {rollout.endedAt && now > 0 && <Row name={said.ended}>{formatTime(Date.parse(rollout.endedAt), now)}</Row>}
              </dl>
              {rollout.evidence.length > 0 && <Evidence lines={rollout.evidence} calm={rollout.phase !== 'Degraded'} />}
            </div>
          )}
        </Part>
      )}
      <p className="flex flex-wrap items-center gap-x-5 gap-y-2 lg:col-span-full">
        <button type="button" className="button-plain disabled:text-dim" disabled={!may} onClick={() => onAct('deploy')}>{changeTexts.deploy.button}</button>
        <button type="button" className="button-plain disabled:text-dim" disabled={!may} onClick={() => onAct('scale')}>{changeTexts.scale.button}</button>
        <Link href={`/environments/${environment.name}/manifests`} className="font-bold text-go underline-offset-4 hover:underline">{said.toManifests}</Link>
        <Link href={`/history?environment=${environment.name}&workload=${workload}`} className="font-bold text-go underline-offset-4 hover:underline">{said.history}</Link>
      </p>
    </div>
  );
}

function Release({ release, replicas }: { readonly release: string; readonly replicas: number | undefined }) {
  return <><code className="font-mono text-[0.8125rem] font-bold [overflow-wrap:anywhere]">{release || driftTexts.nothing}</code>{replicas !== undefined && <span className="text-dim"> × {replicas}</span>}</>;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section className="min-w-0"><h2 className="mb-1.5 text-sm font-extrabold tracking-normal">{title}</h2>{children}</section>;
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <><dt className="text-dim">{name}</dt><dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd></>;
}
