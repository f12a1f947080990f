'use client';
import { figureTexts } from '../../ui/texts/figures.ts';
import { serviceTexts as said } from '../../ui/texts/services.ts';
import { formatRate, formatSeconds, formatShare } from '../figures/figure-text.ts';
import type { SeenEdge } from './seen-edges.ts';

interface Props { readonly edges: readonly SeenEdge[]; readonly seconds: number; readonly chosen: SeenEdge | undefined; readonly onChoose: (key: string | null) => void }
const order = { undeclared: 0, given: 1, seen: 2, unseen: 3 } as const;

/** The map in words and figures: what nobody declared comes first. */
export function EdgeTable({ edges, seconds, chosen, onChoose }: Props) {
  const rows = edges.toSorted((a, b) => order[a.standing] - order[b.standing] || (b.observed?.requests ?? 0) - (a.observed?.requests ?? 0) || (a.key < b.key ? -1 : 1));
  const cell = 'px-3 py-2 text-right whitespace-nowrap';
  return (
    <section aria-labelledby="edges" className="panel min-w-0 overflow-clip">
      <h2 id="edges" className="px-4 py-3 text-2xl sm:px-5">{said.edges}</h2>
      {rows.length === 0 && <p className="px-4 pb-4 sm:px-5"><strong>{said.noEdges}</strong> <span className="text-dim">{said.noEdgesNext}</span></p>}
      <div className="relative overflow-x-auto" role="region" aria-labelledby="edges" tabIndex={0}>
        <table className="w-full">
          <thead><tr className="eyebrow border-y border-rule bg-sunk">
            {[said.from, said.to, said.standing].map((each) => <th key={each} scope="col" className="px-3 py-2 text-left first:pl-4 sm:first:pl-5">{each}</th>)}
            {[figureTexts.rate, figureTexts.errors, figureTexts.p99].map((each) => <th key={each} scope="col" className="px-3 py-2 text-right last:pr-4 sm:last:pr-5">{each}</th>)}
          </tr></thead>
          <tbody className="divide-y divide-rule">
            {rows.map((edge) => (
              <tr key={edge.key} data-edge={edge.key} data-standing={edge.standing} data-requests={edge.observed?.requests ?? 0} data-line={edge.line} className={edge === chosen ? 'bg-sunk shadow-[inset_4px_0_0_var(--go)]' : ''}>
                <th scope="row" className="px-3 py-1 pl-4 text-left sm:pl-5">
                  <button type="button" aria-pressed={edge === chosen} onClick={() => onChoose(edge === chosen ? null : edge.key)} className="min-h-8 text-left font-bold text-go underline-offset-4 hover:underline">{edge.from}<span className="sr-only"> {said.map.edge('', edge.to)}</span></button>
                </th>
                <td className="px-3 py-2">{edge.to}</td>
                <td className={`px-3 py-2 whitespace-nowrap ${edge.standing === 'undeclared' ? 'font-bold text-wrong' : edge.standing === 'unseen' ? 'text-dim' : ''}`}>{said.standings[edge.standing]}</td>
                <td className={`${cell} font-bold`}>{edge.observed ? formatRate(edge.observed.requests / seconds) : '–'}</td>
                <td className={`${cell} ${edge.observed && edge.observed.errors > 0 ? 'font-bold text-wrong' : ''}`}>{edge.observed ? formatShare(edge.observed.errors, edge.observed.requests) : '–'}</td>
                <td className={`${cell} pr-4 sm:pr-5`}>{formatSeconds(edge.observed?.p99 ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
