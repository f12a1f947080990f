'use client';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { cellTexts } from '../../ui/texts/cell.ts';
import { CellDetail } from './cell-detail.tsx';
import { CellMark } from './cell-mark.tsx';
import { EnvironmentActs, facts } from './environment-facts.tsx';
import { nextOf } from './fleet.ts';
import type { MatrixProps } from './matrix-table.tsx';
import { PromoteButton } from './promote-button.tsx';

/** For a phone: the same, one environment after the other. */
export function EnvironmentList({ environments, head, now, may, open, onOpen, onAct }: MatrixProps) {
  return (
    <div className="grid items-start gap-5 md:grid-cols-2 lg:hidden">
      {environments.map((environment) => {
        const { name, workloads } = environment;
        const next = nextOf(environments, name);
        return (
          <section key={name} aria-labelledby={`of-${name}`} className="panel overflow-clip">
            <header className="grid gap-2 border-b-2 border-ink px-4 pt-4 pb-2">
              <h2 id={`of-${name}`}><EnvironmentSign name={name} /></h2>
              <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
                {facts.map(({ name: fact, Fact }) => (
                  <div key={fact} className="contents"><dt className="text-dim">{fact}</dt><dd className="min-w-0 [overflow-wrap:anywhere]"><Fact environment={environment} head={head} may={may} onAct={onAct} /></dd></div>
                ))}
              </dl>
              <EnvironmentActs environment={environment} may={may} onAct={onAct} />
            </header>
            <ul className="divide-y divide-rule">
              {workloads.map((cell) => {
                const id = `${name}/${cell.workload}`;
                return (
                  <li key={cell.workload}>
                    <div data-cell={id} className="relative flex items-center gap-3 px-4 py-2">
                      <button type="button" aria-expanded={open === id} aria-controls={`list-${id}`} onClick={() => onOpen(open === id ? null : id)}
                        className="grid min-w-0 grow grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-2 text-left after:absolute after:inset-0">
                        <strong className="truncate font-extrabold">{cell.workload}</strong>
                        <CellMark cell={cell} connected={environment.connected} now={now} />
                      </button>
                      <PromoteButton cell={cell} environment={environment} next={next} may={may} onAct={onAct} />
                    </div>
                    <div id={`list-${id}`} hidden={open !== id}>{open === id && <CellDetail cell={cell} environment={environment} now={now} may={may} onAct={(act) => onAct(act, name, cell.workload)} />}</div>
                  </li>
                );
              })}
            </ul>
            {workloads.length === 0 && <p className="p-4 text-dim">{cellTexts.unwatched}</p>}
          </section>
        );
      })}
    </div>
  );
}
