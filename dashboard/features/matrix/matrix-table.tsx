'use client';
import { Fragment } from 'react';
import type { Environment } from '../../api/delivery.ts';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { environmentTexts as said } from '../../ui/texts/environments.ts';
import { CellDetail } from './cell-detail.tsx';
import { CellMark } from './cell-mark.tsx';
import { EnvironmentActs, facts, type OnAct } from './environment-facts.tsx';
import { cellOf, nextOf, workloadNames } from './fleet.ts';
import { PromoteButton } from './promote-button.tsx';

export interface MatrixProps {
  readonly environments: readonly Environment[];
  readonly head: string | null;
  readonly now: number;
  readonly may: boolean;
  /** `local/gateway`: whose details are shown. */
  readonly open: string | null;
  readonly onOpen: (cell: string | null) => void;
  readonly onAct: OnAct;
}

/** For a desk: environments are the stops of the line that promotions travel along, workloads are the rows. */
export function MatrixTable({ environments, head, now, may, open, onOpen, onAct }: MatrixProps) {
  return (
    <div className="panel hidden overflow-x-auto lg:block">
      <table className="w-full table-fixed border-collapse text-left">
        <caption className="sr-only">{said.label}</caption>
        <colgroup><col className="w-36" />{environments.map(({ name }) => <col key={name} />)}</colgroup>
        <thead>
          <tr>
            <td className="px-4 pt-3 align-bottom text-[0.8125rem] leading-tight text-dim">{said.line}</td>
            {environments.map((environment) => <th key={environment.name} scope="col" className="px-0 pt-3"><Stop environment={environment} environments={environments} /></th>)}
          </tr>
        </thead>
        <tbody className="text-sm">
          {facts.map(({ name, Fact }) => (
            <tr key={name} className="align-top">
              <th scope="row" className="px-4 py-1 font-normal text-dim">{name}</th>
              {environments.map((environment) => <td key={environment.name} className="px-3 py-1 [overflow-wrap:anywhere]"><Fact environment={environment} head={head} may={may} onAct={onAct} /></td>)}
            </tr>
          ))}
          <tr className="align-top">
            <th scope="row" className="px-4 pt-2 pb-2 font-normal text-dim">{said.change}</th>
            {environments.map((environment) => <td key={environment.name} className="px-3 pb-2"><EnvironmentActs environment={environment} may={may} onAct={onAct} /></td>)}
          </tr>
        </tbody>
        <tbody className="border-t-2 border-ink">
          {workloadNames(environments).map((workload) => {
            const opened = environments.find(({ name }) => open === `${name}/${workload}`);
            const shown = opened && cellOf(opened, workload);
            return (
              <Fragment key={workload}>
                <tr className="border-t border-rule first:border-t-0">
                  <th scope="row" className="truncate px-4 font-extrabold">{workload}</th>
                  {environments.map((environment) => (
                    <td key={environment.name} className="relative p-0">
                      <CellBox environment={environment} next={nextOf(environments, environment.name)} workload={workload} now={now} may={may} open={open} onOpen={onOpen} onAct={onAct} />
                    </td>
                  ))}
                </tr>
                {opened && shown && (
                  <tr><td id={`cell-${opened.name}-${workload}`} colSpan={environments.length + 1} className="p-0 shadow-[inset_0_-1px_0_var(--rule)]">
                    <CellDetail cell={shown} environment={opened} now={now} may={may} onAct={(act) => onAct(act, opened.name, workload)} />
                  </td></tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type BoxProps = Pick<MatrixProps, 'now' | 'may' | 'open' | 'onOpen' | 'onAct'> & { readonly environment: Environment; readonly next: Environment | undefined; readonly workload: string };

function CellBox({ environment, next, workload, now, may, open, onOpen, onAct }: BoxProps) {
  const cell = cellOf(environment, workload);
  if (!cell) return <span className="px-3 text-dim">–</span>;
  const id = `${environment.name}/${workload}`;
  return (
    <div data-cell={id} className={`flex items-center gap-2 px-3 py-2 hover:bg-sunk ${open === id ? 'bg-sunk' : ''}`}>
      <button type="button" aria-expanded={open === id} aria-controls={open === id ? `cell-${environment.name}-${workload}` : undefined} onClick={() => onOpen(open === id ? null : id)}
        className="min-w-0 grow text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-go">
        <span className="sr-only">{said.details(workload, environment.name)}: </span>
        <CellMark cell={cell} connected={environment.connected} now={now} />
      </button>
      <PromoteButton cell={cell} environment={environment} next={next} may={may} onAct={onAct} />
    </div>
  );
}

/** The stop of one environment, on the line between the one before it and the one after it. */
function Stop({ environment, environments }: { readonly environment: Environment; readonly environments: readonly Environment[] }) {
  const before = environments.some(({ name }) => name === environment.after);
  const after = nextOf(environments, environment.name) !== undefined;
  return (
    <>
      <span aria-hidden="true" className="relative mb-2 block h-5">
        {before && <span className="absolute top-2 left-0 h-1 w-5 bg-go" />}
        {after && <span className="absolute top-2 right-0 left-5 h-1 bg-go" />}
        <span className={`absolute top-0 left-3 size-5 rounded-full border-4 bg-panel ${before || after ? 'border-go' : 'border-dim'}`} />
      </span>
      <span className="block px-3 pb-2"><EnvironmentSign name={environment.name} /></span>
    </>
  );
}
