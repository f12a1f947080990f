'use client';
import { useState } from 'react';
import type { Operation } from '../../api/openapi.ts';
import { Field } from '../../ui/field.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote, LoadingNote } from '../../ui/state-note.tsx';
import { apiTexts as said } from '../../ui/texts/api-reference.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { useOperations } from '../composer/use-operations.ts';
import { OperationEntry } from './operation-entry.tsx';

/** All services' public routes on one page, by service. */
export function ApiReference() {
  const { data: operations, error, refetch } = useOperations();
  const [params, setParams] = useUrlStates({ typed: true });
  const [filter, setFilter] = useState(params.get('q') ?? '');
  const chosen = params.get('route');
  const change = (text: string) => {
    setFilter(text);
    setParams({ q: text === '' ? null : text.slice(0, 100) });
  };
  const found = operations?.filter((operation) => fits(operation, filter)) ?? [];
  return (
    <>
      <PageHead title={said.title} lead={said.lead}>
        <div className="w-full sm:w-80"><Field name={said.filter} hint={operations && said.routes(found.length)}><input className="field" type="search" value={filter} placeholder={said.filterHint} onChange={(event) => change(event.target.value)} autoComplete="off" spellCheck={false} /></Field></div>
      </PageHead>
      {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!operations && !error && <LoadingNote text={said.loading} rows={10} />}
      {operations && found.length === 0 && <EmptyNote title={said.nothing} next=""><button type="button" className="button-plain" onClick={() => change('')}>{said.clear}</button></EmptyNote>}
      <div className="grid gap-6">
        {[...Map.groupBy(found, ({ service }) => service)].map(([service, all]) => (
          <section key={service} aria-labelledby={`service-${service}`} className="panel min-w-0 overflow-clip" data-service={service}>
            <header className="flex items-baseline gap-3 border-b border-rule bg-sunk px-4 py-3 sm:px-5"><h2 id={`service-${service}`} className="text-xl">{service}</h2><span className="text-sm text-dim">{said.routes(all.length)}</span></header>
            <ul className="divide-y divide-rule">
              {all.map((operation) => <OperationEntry key={operation.id} operation={operation} open={chosen === operation.id} onToggle={() => setParams({ route: chosen === operation.id ? null : operation.id })} />)}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function fits({ id, path, about, method }: Operation, filter: string): boolean {
  const text = `${id} ${method} ${path} ${about}`.toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
