'use client';
import Link from 'next/link';
import type { Declared } from '../../api/declared.ts';
import { formatTime } from '../../ui/format.ts';
import { edgeTexts as said } from '../../ui/texts/edge.ts';
import { figureTexts } from '../../ui/texts/figures.ts';
import { serviceTexts } from '../../ui/texts/services.ts';
import { useNow } from '../../ui/use-now.ts';
import { formatRate, formatSeconds, formatShare } from '../figures/figure-text.ts';
import { HopDeclaration } from '../journey/hop-declaration.tsx';
import type { SeenEdge } from './seen-edges.ts';

interface Props { readonly edge: SeenEdge; readonly environment: string; readonly graph: Declared; readonly seconds: number; readonly onClose: () => void }

/** One edge: what was seen of it, and the line that allows it. */
export function EdgeDetail({ edge, environment, graph, seconds, onClose }: Props) {
  const now = useNow(10_000);
  const { from, to, reference, standing, observed, declaredAt } = edge;
  const declared = graph.edges.find((each) => each.reference === reference && each.to === to);
  const facts = observed ? [
    [said.requests, observed.requests.toLocaleString('en-GB')], [figureTexts.rate, formatRate(observed.requests / seconds)], [figureTexts.errors, formatShare(observed.errors, observed.requests)],
    [figureTexts.p99, formatSeconds(observed.p99)], [said.lastSeen, now > 0 ? formatTime(observed.lastSeen, now) : ''],
  ] : [[said.lastSeen, said.never]];
  return (
    <section aria-labelledby="edge" data-chosen={edge.key} className="panel grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 p-5 xl:w-96">
      <header className="flex items-start justify-between gap-3"><h2 id="edge" className="text-xl [overflow-wrap:anywhere]">{serviceTexts.map.edge(from, to)}</h2><button type="button" className="button-plain" onClick={onClose}>{said.close}</button></header>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-0.5">{facts.map(([name, value]) => <div key={name} className="contents"><dt className="text-dim">{name}</dt><dd className="font-bold">{value}</dd></div>)}</dl>
      {observed?.seenBy === 'callee' && <p className="text-sm text-dim">{reference === 'dashboard.GATEWAY_URL' ? said.pageKeys : said.calleeOnly}</p>}
      {standing === 'undeclared' && <p><strong className="text-wrong">{said.undeclaredWhy}</strong> {said.undeclaredFix}</p>}
      {standing === 'given' && <p>{said.givenWhy(reference ?? '')}</p>}
      {standing !== 'undeclared' && declared && declaredAt !== undefined && (
        <>
          <HopDeclaration environment={environment} service={from} declaration={{ kind: 'reference', reference: declared.reference, line: declaredAt, manifests: declared.manifests, policies: declared.policies?.map(({ object }) => object) ?? [] }} />
          <Link className="font-bold text-go underline-offset-4 hover:underline" href={`/model?line=${encodeURIComponent(declaredAt)}`}>{said.model}</Link>
        </>
      )}
    </section>
  );
}
