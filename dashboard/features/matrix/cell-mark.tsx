'use client';
import type { Cell } from '../../api/delivery.ts';
import { formatAge } from '../../ui/format.ts';
import { HealthMark } from '../../ui/health-mark.tsx';
import { compactRelease, isUnbuilt, shortRelease } from '../../ui/release-text.ts';
import { SyncMark } from '../../ui/sync-mark.tsx';
import { cellTexts as said } from '../../ui/texts/cell.ts';
import { isRolling } from './fleet.ts';

interface Props { readonly cell: Cell; readonly connected: boolean; readonly now: number }

/** One workload in one environment: what main says in the first line, what runs in the second. Always two lines high. */
export function CellMark({ cell, connected, now }: Props) {
  const unbuilt = isUnbuilt(cell.release);
  if (!connected) {
    return (
      <span className="grid min-h-11 content-center">
        <code className={`font-mono text-sm ${unbuilt ? 'text-dim' : 'font-bold'}`} title={cell.release}>{unbuilt ? said.unbuilt : compactRelease(cell.release)}</code>
        <span className="text-[0.8125rem] leading-tight text-dim">{said.unwatched}</span>
      </span>
    );
  }
  return (
    <span data-health={cell.health} className="grid min-h-11 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2">
      <HealthMark health={cell.health} className="size-6" />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5">
          <code className="truncate font-mono text-sm font-bold" title={cell.release}>{unbuilt ? said.unbuilt : compactRelease(cell.release)}</code>
          <SyncMark sync={cell.sync} /><span className="sr-only">{cell.sync}</span>
        </span>
        {isRolling(cell) ? <Rolling cell={cell} now={now} /> : <Running cell={cell} now={now} />}
      </span>
    </span>
  );
}

function Running({ cell: { health, ready, replicas, since, drift, sync }, now }: Omit<Props, 'connected'>) {
  return (
    <span className="block truncate text-[0.8125rem] leading-tight text-dim">
      <strong className={health === 'Healthy' ? '' : 'text-line'}>{health}</strong>
      {drift.length > 0 ? <strong className="text-[var(--health-progressing)]">, {said.driftCount(drift.length)}</strong> : sync === 'OutOfSync' && <strong className="text-[var(--health-progressing)]">, {sync}</strong>}
      {ready !== undefined && replicas !== undefined && <>, <span aria-hidden="true">{said.replicas(ready, replicas)}</span><span className="sr-only">{said.replicasSaid(ready, replicas)}</span></>}
      {since !== undefined && now > 0 && <>, {formatAge(now - Date.parse(since))}</>}
    </span>
  );
}

/** A rollout while it happens: a train between what ran and what will run. */
function Rolling({ cell: { rollout, ready = 0, replicas = 0 }, now }: Omit<Props, 'connected'>) {
  return (
    <span className="flex items-center gap-2 text-[0.8125rem] leading-tight text-line" data-rolling={rollout?.release}>
      <svg viewBox="0 0 48 10" className="h-2.5 w-12 shrink-0" aria-hidden="true"><path d="M3 5h42" stroke="currentColor" strokeWidth="3" opacity=".35" /><circle cx="5" cy="5" r="4" fill="currentColor" className="motion-safe:animate-[ride_1.6s_ease-in-out_infinite_alternate]" /></svg>
      <strong className="truncate"><span className="sr-only">{said.rollingOut(shortRelease(rollout?.release ?? ''))}, </span>{said.replicas(ready, replicas)}{rollout && now > 0 && <>, {formatAge(now - Date.parse(rollout.startedAt))}</>}</strong>
    </span>
  );
}
