import { memo, type RefObject } from 'react';
import { metricTexts as said } from '../../ui/texts/metrics.ts';
import { LineMark } from './line-mark.tsx';

interface Props { readonly name: string; /** One a line: text, so that it is the same from one second to the next. */ readonly names: string; readonly table: RefObject<HTMLTableElement | null> }

/** The key of one chart. Its times and values are written by readings.ts: React holds the empty cells, and never looks again. */
export const LineTable = memo(function LineTable({ name, names, table }: Props) {
  const [head, cell] = ['w-20 py-1 pl-2 sm:w-[5.5rem] text-right align-bottom', 'py-1 pl-2 text-right align-baseline whitespace-nowrap'];
  return (
    <table ref={table} data-lines={name} className="w-full table-fixed text-sm">
      <caption className="sr-only">{said.lines(name)}</caption>
      <thead><tr className="eyebrow border-b border-rule">
        <th scope="col" className="py-1 text-left align-bottom">{said.name}</th>
        <th scope="col" className={head}><span className="block">{said.latest}</span> <span className="block min-h-lh font-normal" /></th>
        <th scope="col" className={head}><span className="block">{said.atCursor}</span> <span className="block min-h-lh font-normal" /></th>
      </tr></thead>
      <tbody className="divide-y divide-rule">
        {names.split('\n').map((each, index) => (
          <tr key={each}><th scope="row" className="py-1 text-left font-bold"><span className="flex"><span className="flex h-lh shrink-0 items-center"><LineMark index={index} /></span><span className="min-w-0 [overflow-wrap:anywhere]">{each}</span></span></th><td className={cell} data-latest /><td className={`${cell} font-bold`} data-at-cursor /></tr>
        ))}
      </tbody>
    </table>
  );
});
