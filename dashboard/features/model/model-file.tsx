'use client';
import { figureTexts } from '../../ui/texts/figures.ts';
import { modelTexts as said } from '../../ui/texts/model.ts';
import { formatRate, formatSeconds, formatShare } from '../figures/figure-text.ts';
import type { Declares, DeclaringFile } from './declaring-lines.ts';

interface Props { readonly file: DeclaringFile; /** Of the range; undefined until something was observed. */ readonly seconds: number | undefined; readonly chosen: string | null; readonly onChoose: (line: string | null) => void }

export function ModelFile({ file: { path, lines }, seconds, chosen, onChoose }: Props) {
  const cell = 'px-1.5 py-1.5 text-right whitespace-nowrap sm:px-3';
  return (
    <section className="panel min-w-0 overflow-clip" data-file={path}>
      <h2 className="border-b border-rule px-4 py-2.5 font-mono text-sm tracking-normal [overflow-wrap:anywhere] sm:px-5">{path}</h2>
      <div className="overflow-x-auto" role="region" aria-label={said.lines(path)} tabIndex={0}>
        {/* Fixed, so that the figures of all files stand below each other. */}
        <table className="w-full sm:table-fixed">
          <colgroup><col className="sm:w-16" /><col /><col className="sm:w-28" /><col className="sm:w-24" /><col className="sm:w-32" /></colgroup>
          <thead><tr className="eyebrow bg-sunk">
            <th scope="col" className="py-1 pl-1 text-right sm:pl-5">{said.line}</th><th scope="col" className="px-1.5 py-1 text-left sm:px-3">{said.declares}</th>
            {[figureTexts.rate, figureTexts.errors, figureTexts.p99].map((each) => <th key={each} scope="col" className="px-1.5 py-1 text-right last:pr-2 sm:px-3 sm:last:pr-5">{each}</th>)}
          </tr></thead>
          <tbody className="divide-y divide-rule">
            {lines.flatMap(({ line, at, declares }) => declares.map((each, index) => {
              const { seen } = each;
              return (
                <tr key={`${at} ${each.name}`} data-declares={each.name} data-requests={seen?.requests ?? 0} className={at === chosen ? 'bg-sunk shadow-[inset_4px_0_0_var(--go)]' : ''}>
                  <td className="py-1 pl-1 text-right font-mono text-sm sm:pl-5">{index === 0 && <button type="button" aria-pressed={at === chosen} aria-label={said.choose(at)} onClick={() => onChoose(at === chosen ? null : at)} className="min-h-8 min-w-8 text-right font-bold text-go underline-offset-4 hover:underline">{line}</button>}</td>
                  <th scope="row" className="px-1.5 py-1 text-left font-normal sm:px-3 sm:[overflow-wrap:anywhere]"><strong>{each.name}</strong> <span className="text-sm text-dim max-sm:block">{aboutOf(each)}</span></th>
                  {seen && seconds !== undefined ? (
                    <>
                      <td className={`${cell} font-bold`}>{formatRate(seen.requests / seconds)}</td>
                      <td className={`${cell} ${seen.errors > 0 ? 'font-bold text-wrong' : ''}`}>{formatShare(seen.errors, seen.requests)}</td>
                      <td className={`${cell} pr-2 sm:pr-5`}>{seen.several && seen.p99 !== null ? said.atMost(formatSeconds(seen.p99)) : formatSeconds(seen.p99)}</td>
                    </>
                  ) : <td colSpan={3} className={`${cell} pr-2 text-dim sm:pr-5`}>{each.kind !== 'knob' && seconds !== undefined ? said.unseen : ''}</td>}
                </tr>
              );
            }))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function aboutOf({ kind, about }: Declares): string {
  return kind === 'reference' ? said.to(about) : kind === 'knob' ? said.knob(about) : kind === 'backing' ? said.backing(about) : said.workload;
}
