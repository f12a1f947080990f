'use client';
import type { ReactNode } from 'react';
import type { Declared } from '../../api/declared.ts';
import type { Group } from '../../api/metrics.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { figureTexts } from '../../ui/texts/figures.ts';
import { serviceTexts as said } from '../../ui/texts/services.ts';
import { formatRate, formatSeconds, formatShare } from '../figures/figure-text.ts';
import { useFigures } from '../figures/use-figures.ts';
import { useRange } from '../figures/use-range.ts';

/** What stands behind one line of the matrix: its routes, and the statements that it ran. */
export function ServiceDetail({ service, graph }: { readonly service: string; readonly graph: Declared | undefined }) {
  const [range] = useRange();
  const routes = useFigures('route', range, service);
  const queries = useFigures('query', range, service);
  const failed = routes.error ?? queries.error;
  const queues = queuesOf(graph);
  const [polling, own] = [queries.data?.groups.filter((group) => queues.has(textOf(group, 'reference'))) ?? [], queries.data?.groups.filter((group) => !queues.has(textOf(group, 'reference'))) ?? []];
  return (
    <div data-detail={service} className="grid gap-5 px-4 py-4 sm:px-5" aria-busy={!routes.data || !queries.data}>
      {failed && <ProblemNotice problem={problemOf(failed)} onRetry={() => { void routes.refetch(); void queries.refetch(); }} />}
      {routes.data && (
        <Listed title={said.routes} first={said.route} rate={figureTexts.rate} groups={routes.data.groups} omitted={routes.data.omitted} none={<><strong>{said.noRoutes}</strong> {said.noRoutesNext}</>}
          name={(group) => <code className="font-mono text-[0.8125rem]"><strong>{textOf(group, 'method')}</strong> {textOf(group, 'route')}</code>} />
      )}
      {queries.data && (own.length > 0 || polling.length > 0) && (
        <Listed title={said.statements} first={said.statement} rate={said.executions} groups={own} omitted={queries.data.omitted} none={said.noStatements}
          name={(group) => <><code className="font-mono text-[0.8125rem]">{textOf(group, 'query')}</code> <span className="text-sm text-dim">{textOf(group, 'reference')}</span></>} />
      )}
      {polling.length > 0 && (
        <details><summary className="font-bold">{said.queueStatements(polling.length)}</summary>
          <Listed title="" first={said.statement} rate={said.executions} groups={polling} omitted={0} none={said.noStatements} name={(group) => <><code className="font-mono text-[0.8125rem]">{textOf(group, 'query')}</code> <span className="text-sm text-dim">{textOf(group, 'reference')}</span></>} />
        </details>
      )}
    </div>
  );
}

interface ListedProps { readonly title: string; readonly first: string; readonly rate: string; readonly groups: readonly Group[]; readonly omitted: number; readonly none: ReactNode; readonly name: (group: Group) => ReactNode }

function Listed({ title, first, rate, groups, omitted, none, name }: ListedProps) {
  const cell = 'px-2 py-1.5 text-right whitespace-nowrap';
  if (groups.length === 0) return <p>{none}</p>;
  return (
    <div>
      {title && <h3 className="mb-1 text-base">{title}</h3>}
      <table className="w-full">
        <thead><tr className="eyebrow">
          <th scope="col" className="py-1 text-left">{first}</th>
          {[rate, figureTexts.errors, figureTexts.refused, figureTexts.p50, figureTexts.p99].map((each) => <th key={each} scope="col" className="px-2 py-1 text-right">{each}</th>)}
        </tr></thead>
        <tbody className="divide-y divide-rule">
          {groups.map((group) => (
            <tr key={group.key} data-group={group.key} data-requests={group.requests}>
              <th scope="row" className="py-1.5 text-left font-normal [overflow-wrap:anywhere]">{name(group)}</th>
              <td className={`${cell} font-bold`}>{formatRate(group.rate)}</td>
              <td className={`${cell} ${group.errors > 0 ? 'font-bold text-wrong' : ''}`}>{formatShare(group.errors, group.requests)}</td>
              <td className={cell}>{formatShare(group.refused, group.requests)}</td>
              <td className={cell}>{formatSeconds(group.p50)}</td><td className={cell}>{formatSeconds(group.p99)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {omitted > 0 && <p className="mt-1 text-sm text-dim">{said.omitted(omitted)}</p>}
    </div>
  );
}

const textOf = (group: Group, label: string) => String(group.labels[label] ?? '');

/** References that lead to a queue: in PostgreSQL it looks for messages by statements of its own. */
function queuesOf(graph: Declared | undefined): ReadonlySet<string> {
  const queues = new Set(graph?.nodes.filter(({ backing }) => backing === 'queue').map(({ name }) => name));
  return new Set(graph?.edges.filter(({ to }) => queues.has(to)).map(({ reference }) => reference));
}
