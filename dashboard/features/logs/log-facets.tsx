'use client';
import type { LogFacets as Facets } from '../../api/logs.ts';
import { logTexts as said } from '../../ui/texts/logs.ts';

interface Props { readonly facets: Facets; readonly onTerm: (term: string) => void }

/** Who wrote how much; a name is a term of the query. */
export function LogFacets({ facets: { services, levels }, onTerm }: Props) {
  return (
    <aside className="grid content-start gap-5 sm:grid-cols-2 lg:grid-cols-1">
      <Facet title={said.services} field="service" values={services} onTerm={onTerm} />
      <Facet title={said.levels} field="level" values={levels} onTerm={onTerm} />
    </aside>
  );
}

function Facet({ title, field, values, onTerm }: { readonly title: string; readonly field: string; readonly values: Facets['services']; readonly onTerm: Props['onTerm'] }) {
  const most = Math.max(1, ...values.map(({ count }) => count));
  return (
    <section aria-label={title} className="panel overflow-clip">
      <h2 className="border-b border-rule px-4 py-2 text-base">{title}</h2>
      <ul>
        {values.map(({ name, count }) => (
          <li key={name}>
            <button type="button" onClick={() => onTerm(`${field}:${name}`)} className="relative flex min-h-9 w-full items-center justify-between gap-3 px-4 text-left -outline-offset-3 hover:bg-sunk">
              <span className="absolute inset-y-1 left-0 bg-sunk" style={{ width: `${(count / most) * 100}%` }} aria-hidden="true" />
              <span className="relative truncate font-bold"><span className="sr-only">{said.only} </span>{name}</span><span className="relative text-dim">{count.toLocaleString('en-GB')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
