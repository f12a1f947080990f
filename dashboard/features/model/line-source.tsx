'use client';
import Link from 'next/link';
import type { Declared } from '../../api/declared.ts';
import { modelTexts as said } from '../../ui/texts/model.ts';
import { HopDeclaration } from '../journey/hop-declaration.tsx';
import type { DeclaringLine } from './declaring-lines.ts';

interface Props { readonly line: DeclaringLine; readonly environment: string; readonly graph: Declared; readonly onClose: () => void }

/** The line with its source around it, the commit that put it there, and what it became. */
export function LineSource({ line: { at, declares }, environment, graph, onClose }: Props) {
  const reference = declares.find(({ kind }) => kind === 'reference');
  const edge = reference && graph.edges.find((each) => each.reference === reference.name);
  const workload = declares.find(({ kind }) => kind === 'workload');
  return (
    <section aria-labelledby="source" data-chosen={at} className="panel order-1 grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 p-5 lg:sticky lg:top-4 lg:order-2">
      <header className="flex items-start justify-between gap-3"><h2 id="source" className="text-xl">{said.source}</h2><button type="button" className="button-plain" onClick={onClose}>{said.close}</button></header>
      {edge && <HopDeclaration environment={environment} service={edge.from} declaration={{ kind: 'reference', reference: edge.reference, line: at, manifests: edge.manifests, policies: edge.policies?.map(({ object }) => object) ?? [] }} />}
      {!edge && workload && <HopDeclaration environment={environment} service={workload.name} declaration={{ kind: 'workload', line: at, manifests: [] }} />}
      {!edge && !workload && <p className="font-mono text-sm [overflow-wrap:anywhere]">{at}</p>}
      {reference?.edge && <Link className="font-bold text-go underline-offset-4 hover:underline" href={`/services?edge=${encodeURIComponent(reference.edge.key)}`}>{said.edge}</Link>}
    </section>
  );
}
