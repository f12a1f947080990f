import type { Group } from '../../api/metrics.ts';
import { figureTexts } from '../../ui/texts/figures.ts';
import { metricTexts as said } from '../../ui/texts/metrics.ts';
import { formatRate, formatSeconds, formatShare } from '../figures/figure-text.ts';
import { LineMark } from './line-mark.tsx';

/** The figures of the whole range, of all groups. */
export function FigureTable({ groups, drawn }: { readonly groups: readonly Group[]; readonly drawn: number }) {
  const cell = 'px-2 py-1.5 text-right whitespace-nowrap sm:px-3';
  return (
    <div className="overflow-x-auto" role="region" aria-label={said.table} tabIndex={0}>
      <table className="w-full">
        <caption className="sr-only">{said.table}</caption>
        <thead><tr className="eyebrow border-b border-rule">
          <th scope="col" className="py-1 text-left">{said.name}</th>
          {[figureTexts.requests, figureTexts.rate, figureTexts.errors, figureTexts.refused, figureTexts.p50, figureTexts.p95, figureTexts.p99].map((each) => <th key={each} scope="col" className="px-2 py-1 text-right sm:px-3">{each}</th>)}
        </tr></thead>
        <tbody className="divide-y divide-rule">
          {groups.map((group, index) => (
            <tr key={group.key} data-group={group.key} data-requests={group.requests}>
              <th scope="row" className="min-w-36 py-1.5 text-left font-bold [overflow-wrap:anywhere]"><LineMark index={index < drawn ? index : -1} />{group.key}</th>
              <td className={cell}>{group.requests.toLocaleString('en-GB')}</td><td className={cell}>{formatRate(group.rate)}</td>
              <td className={`${cell} ${group.errors > 0 ? 'font-bold text-wrong' : ''}`}>{formatShare(group.errors, group.requests)}</td><td className={cell}>{formatShare(group.refused, group.requests)}</td>
              <td className={cell}>{formatSeconds(group.p50)}</td><td className={cell}>{formatSeconds(group.p95)}</td><td className={cell}>{formatSeconds(group.p99)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
