'use client';
import type { Hop } from '../../api/monitoring.ts';
import { formatDuration } from '../../ui/format.ts';
import { Breaking } from '../../ui/path-text.tsx';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { compareTexts as said } from '../../ui/texts/runs.ts';
import { factOf } from '../journey/hop-fact.ts';
import { extentOf } from '../journey/hop-tree.ts';
import { alignHops, differencesOf, type Pair } from './align.ts';

/** The hops of both runs in one list, parents before children. */
export function ComparedHops({ a, b }: { readonly a: readonly Hop[]; readonly b: readonly Hop[] }) {
  const pairs = alignHops(a, b);
  const longest = Math.max(1, ...pairs.map((pair) => Math.max(pair.a?.durationMs ?? 0, pair.b?.durationMs ?? 0)));
  const both = pairs.filter((pair) => pair.a && pair.b).length;
  return (
    <section className="panel hop-map min-w-0 overflow-clip">
      <p role="status" className="border-b border-rule bg-sunk px-4 py-3 font-bold sm:px-5">{said.summary(both, pairs.filter((pair) => !pair.b).length, pairs.filter((pair) => !pair.a).length)}</p>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={said.title}>
        <table className="w-full text-left text-sm sm:text-[0.9375rem]">
          <thead><tr className="border-b border-rule text-sm text-dim">
            <th scope="col" className="px-3 py-2 font-bold sm:px-5">{said.hop}</th><th scope="col" className="px-1.5 py-2 text-right font-bold sm:px-3">{said.first}</th><th scope="col" className="px-1.5 py-2 text-right font-bold sm:px-3">{said.second}</th><th scope="col" className="px-2 py-2 text-right font-bold sm:px-5">{said.difference}</th>
          </tr></thead>
          <tbody>
            <tr className="border-b border-rule font-extrabold"><th scope="row" className="px-3 py-2.5 sm:px-5">{said.whole}</th><Figures a={extentOf(a).durationMs} b={extentOf(b).durationMs} /></tr>
            {pairs.map((pair, index) => <PairRow key={index} pair={pair} longest={longest} />)}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function PairRow({ pair: { depth, a, b }, longest }: { readonly pair: Pair; readonly longest: number }) {
  const hop = a ?? b;
  if (!hop) return null;
  const only = a && b ? undefined : a ? said.only.a : said.only.b;
  const differences = a && b ? differencesOf(a, b) : [];
  return (
    <tr data-pair={only === undefined ? 'both' : a ? 'a' : 'b'} data-line={factOf(hop).kind} className={`border-b border-rule align-top last:border-b-0 ${only === undefined ? '' : 'bg-sunk'}`}>
      <th scope="row" className="min-w-28 px-3 py-2.5 font-normal sm:px-5">
        <div className="border-l-4 border-line pl-2.5" style={{ marginLeft: `calc(${Math.min(depth, 8)} * var(--lane) / 2)` }}>
          <span className="[overflow-wrap:anywhere]"><strong className="font-extrabold">{hop.service}</strong> <Breaking text={hop.name} /></span>
          {only !== undefined && <strong className="block text-sm text-[var(--health-progressing)]">{only}</strong>}
          {differences.length > 0 && (
            <details className="mt-0.5 text-sm">
              <summary className="font-bold text-go">{said.changed(differences.length)}</summary>
              <dl className="mt-1 grid gap-1.5">
                {differences.map(({ name, a: one, b: other }) => (
                  <div key={name}><dt className="text-dim">{name}</dt><dd className="font-mono [overflow-wrap:anywhere]"><del className="text-wrong no-underline">{shown(one)}</del> → <ins className="text-[var(--health-healthy)] no-underline">{shown(other)}</ins></dd></div>
                ))}
              </dl>
            </details>
          )}
        </div>
      </th>
      <Figures a={a?.durationMs} b={b?.durationMs} longest={longest} failed={[a?.status === 'error', b?.status === 'error']} />
    </tr>
  );
}

function Figures({ a, b, longest, failed = [false, false] }: { readonly a: number | undefined; readonly b: number | undefined; readonly longest?: number; readonly failed?: readonly [boolean, boolean] }) {
  const difference = a !== undefined && b !== undefined ? b - a : undefined;
  return (
    <>
      {[a, b].map((ms, index) => (
        <td key={index} className="px-1.5 py-2.5 text-right whitespace-nowrap sm:px-3">
          {ms === undefined ? <span className="text-dim">–<span className="sr-only">{said.absent}</span></span> : formatDuration(ms)}{failed[index] === true && <strong className="ml-1 text-wrong">{journeyTexts.failed}</strong>}
          {longest !== undefined && <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="mt-1 ml-auto hidden h-1.5 w-24 sm:block" aria-hidden="true"><rect width="100" height="6" className="fill-rule/50" />{ms !== undefined && <rect width={Math.max(1, (ms / longest) * 100)} height="6" className="fill-[var(--line)]" />}</svg>}
        </td>
      ))}
      <td className="px-2 py-2.5 text-right font-bold whitespace-nowrap sm:px-5">{difference === undefined ? '–' : `${difference < 0 ? '−' : '+'}${formatDuration(Math.abs(difference))}`}</td>
    </>
  );
}

function shown(value: unknown): string {
  return value === undefined ? said.absent : typeof value === 'string' ? value : JSON.stringify(value);
}
