'use client';
import { useState } from 'react';
import type { KeptLine } from '../../api/logs.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { logTexts as said } from '../../ui/texts/logs.ts';
import { linkTo } from './question.ts';
import { useLineContext } from './use-logs.ts';

/** All that is kept of a line, a link to it, and what was written around it. */
export function LogDetail({ line }: { readonly line: KeptLine }) {
  const [around, setAround] = useState(false);
  const { data, error, refetch } = useLineContext(around ? line.id : undefined);
  const facts = Object.entries({ ...(line.traceId && { trace: line.traceId }), ...(line.spanId && { span: line.spanId }), ...line.attributes });
  return (
    <div className="grid gap-3 px-4 pb-4 sm:px-5">
      <dl aria-label={said.attributes} className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
        {facts.map(([key, value]) => <div key={key} className="contents"><dt className="text-dim">{key}</dt><dd className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{typeof value === 'string' ? value : JSON.stringify(value)}</dd></div>)}
      </dl>
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <button type="button" className="button-plain" aria-expanded={around} onClick={() => setAround(!around)}>{said.context}</button>
        <span className="flex items-center gap-2 text-sm text-dim">{said.link} <CopyText text={new URL(linkTo(line), window.location.origin).href} /></span>
      </p>
      {around && error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {around && data && (
        <section aria-label={said.context} className="min-w-0 overflow-x-auto rounded border border-rule bg-panel">
          <p className="border-b border-rule px-3 py-1.5 text-sm text-dim">{said.contextOf(line.service)}</p>
          <pre tabIndex={0} className="max-h-96 overflow-auto p-3 font-mono text-[0.8125rem] leading-6">{data.lines.map((one) => (
            <span key={one.id} className={`block min-w-max ${one.id === line.id ? 'bg-sunk font-bold' : ''}`}>{new Date(one.at).toLocaleTimeString('en-GB')} {one.level.padEnd(5)} {one.message}</span>
          ))}</pre>
        </section>
      )}
    </div>
  );
}
