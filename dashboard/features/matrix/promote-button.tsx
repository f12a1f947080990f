'use client';
import type { Cell, Environment } from '../../api/delivery.ts';
import { changeTexts } from '../../ui/texts/change.ts';
import { environmentTexts as said } from '../../ui/texts/environments.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { cellOf } from './fleet.ts';
import type { OnAct } from './environment-facts.tsx';

interface Props { readonly cell: Cell; readonly environment: Environment; readonly next: Environment | undefined; readonly may: boolean; readonly onAct: OnAct }

/** How far a workload is ahead of the stage after, and the step there; how far behind main, where no stage comes before. */
export function PromoteButton({ cell, environment, next, may, onAct }: Props) {
  if (!next || cell.next !== next.name) {
    // Nothing goes on from a laptop; its revisions can be older than main.
    return environment.after === undefined && cell.ahead > 0 ? <span className="shrink-0 text-[0.8125rem] leading-tight text-dim">{said.behind(cell.ahead, 'main')}</span> : null;
  }
  const ahead = Math.max(1, cellOf(next, cell.workload)?.ahead ?? 0);
  return (
    <span className="relative z-1 grid shrink-0 justify-items-end">
      <span className="text-[0.8125rem] leading-tight text-dim" title={said.ahead(ahead, next.name)}>{said.aheadShort(ahead)}</span>
      <button type="button" disabled={!may} title={may ? undefined : roleTexts.operator} aria-label={changeTexts.promote.one(cell.workload, environment.name, next.name)}
        onClick={() => onAct('promote', environment.name, cell.workload)} className="-mb-1 min-h-7 rounded text-sm font-bold text-go underline-offset-4 hover:underline disabled:text-dim">
        {changeTexts.promote.button}<span aria-hidden="true"> →</span>
      </button>
    </span>
  );
}
