'use client';
import type { ReactNode } from 'react';
import type { Environment } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { roleTexts } from '../../ui/texts/shared.ts';
import { changeTexts } from '../../ui/texts/change.ts';
import { environmentTexts as said } from '../../ui/texts/environments.ts';
import { windowText } from './window-text.ts';
import type { Act } from '../change/acts.ts';

export type OnAct = (act: Act, environment: string, workload?: string) => void;
export interface FactProps { readonly environment: Environment; readonly head: string | null; readonly may: boolean; readonly onAct: OnAct }

/** What is told of every environment, in this order: rows above the matrix on a desk, a list on a phone. */
export const facts: readonly { readonly name: string; readonly Fact: (props: FactProps) => ReactNode }[] = [
  { name: said.engine, Fact: EngineFact },
  { name: said.revision, Fact: RevisionFact },
  { name: said.approvals, Fact: ApprovalsFact },
  { name: said.window, Fact: WindowFact },
  { name: said.automatic, Fact: AutomaticFact },
];

function EngineFact({ environment: { connected, engine, why } }: FactProps) {
  if (connected) return <>{engine}{engine === 'local reconciler' && <Small>{said.localEngine}</Small>}</>;
  return <span title={said.notConnectedSaid}><strong>{said.notConnected}</strong>{why && why !== said.notConnected && <Small>{why}</Small>}</span>;
}

function RevisionFact({ environment: { revision }, head }: FactProps) {
  if (!revision) return <span className="text-dim">–</span>;
  return <><CommitText commit={revision} /> <span className="text-dim">{revision === head ? said.atMain : <strong className="text-[var(--health-progressing)]">{said.behindMain}</strong>}</span></>;
}

function ApprovalsFact({ environment: { approvals: { release, model } } }: FactProps) {
  return <span className="text-dim">{said.release} <strong className="text-ink">{said.approvalsOf(release)}</strong>, {said.model} <strong className="text-ink">{said.approvalsOf(model)}</strong></span>;
}

function WindowFact({ environment: { window, open, soakMinutes = 0 } }: FactProps) {
  return (
    <>
      {window === undefined ? <span className="text-dim">{said.windowAlways}</span> : <><strong className={open ? 'text-[var(--health-healthy)]' : 'text-[var(--health-progressing)]'}>{open ? said.windowOpen : said.windowClosed}</strong><Small><span title={window}>{windowText(window)}</span></Small></>}
      {soakMinutes > 0 && <Small>{said.soak(soakMinutes)}</Small>}
    </>
  );
}

function AutomaticFact({ environment: { name, connected, automatic }, may, onAct }: FactProps) {
  if (!connected || automatic === undefined) return <span className="text-dim">–</span>;
  return (
    <span className="-my-1 flex flex-wrap items-center gap-x-4">
      <button type="button" role="switch" aria-checked={automatic} aria-label={`${changeTexts.automatic.label}, ${name}`} aria-haspopup="dialog" disabled={!may} title={may ? undefined : roleTexts.operator}
        onClick={() => onAct('automatic', name)} className="group inline-flex min-h-8 items-center gap-2 font-bold">
        <span aria-hidden="true" className="h-5 w-9 rounded-full border-2 border-current p-0.5 text-dim group-aria-checked:text-[var(--health-healthy)]"><span className="block size-3 rounded-full bg-current transition-transform group-aria-checked:translate-x-4" /></span>
        {automatic ? changeTexts.automatic.on : changeTexts.automatic.off}
      </button>
      <button type="button" disabled={!may} title={may ? undefined : roleTexts.operator} onClick={() => onAct('sync', name)} className="min-h-8 font-bold text-go underline-offset-4 hover:underline disabled:text-dim">{changeTexts.sync.button}</button>
    </span>
  );
}

function Small({ children }: { readonly children: ReactNode }) {
  return <span className="block text-[0.8125rem] leading-snug text-dim">{children}</span>;
}

/** The acts that make a commit. */
export function EnvironmentActs({ environment: { name, knobs }, may, onAct }: Pick<FactProps, 'environment' | 'may' | 'onAct'>) {
  const choices = [['deploy', changeTexts.deploy.short], ['scale', changeTexts.scale.button], ...(knobs.length > 0 ? [['knob', changeTexts.knob.short] as const] : [])] as const;
  return (
    <span role="group" aria-label={said.actions(name)} className="flex flex-wrap gap-x-4">
      {choices.map(([act, label]) => (
        <button key={act} type="button" disabled={!may} title={may ? undefined : roleTexts.operator} onClick={() => onAct(act, name)} className="min-h-9 font-bold text-go underline-offset-4 hover:underline disabled:text-dim">{label}</button>
      ))}
    </span>
  );
}
