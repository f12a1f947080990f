import { PathText } from '../../ui/path-text.tsx';
import { diffTexts as said } from '../../ui/texts/diff.ts';
import { stepIn, type FactPart, type GroupPart } from './diff-parts.ts';

/** What changes for one workload: the facts, and the hops of a journey that will go otherwise. */
export function FactGroup({ group: { workload, facts, hops = [] } }: { readonly group: GroupPart }) {
  return (
    <div className="grid gap-x-6 gap-y-2 border-t border-rule px-4 py-3 sm:px-5 md:grid-cols-[9rem_minmax(0,1fr)]" data-group={workload ?? ''}>
      <h4 className={`font-extrabold [overflow-wrap:anywhere] ${workload ? '' : 'text-dim'}`}>{workload ?? said.shared}</h4>
      <div className="grid min-w-0 gap-3">
        <ul className="grid gap-2.5">{facts.map((fact) => <Fact key={fact.subject + fact.said} fact={fact} />)}</ul>
        {hops.length > 0 && <Hops hops={hops} />}
      </div>
    </div>
  );
}

function Fact({ fact }: { readonly fact: FactPart }) {
  const { risks = [], declaredAt, effects = [] } = fact;
  return (
    <li data-fact={fact.subject} className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="min-w-0 [overflow-wrap:anywhere]"><Said text={fact.said} /></span>
        {risks.map((risk) => <RiskMark key={risk} risk={risk} />)}
      </p>
      {declaredAt && <p className="text-sm text-dim"><PathText text={declaredAt} /></p>}
      {effects.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit font-bold text-go">{said.effects(effects.length)}</summary>
          <ul className="mt-1 grid gap-0.5 border-l-2 border-rule pl-3 font-mono text-[0.8125rem]">{effects.map((effect) => <li key={effect} className="[overflow-wrap:anywhere]">{effect}</li>)}</ul>
        </details>
      )}
    </li>
  );
}

function Said({ text }: { readonly text: string }) {
  const step = stepIn(text);
  if (!step) return <strong className="font-bold">{text}</strong>;
  return <>{step.before}<del className="font-mono text-[0.875em] text-wrong decoration-1">{step.from}</del> <span aria-hidden="true">→</span> <ins className="font-mono text-[0.875em] font-bold text-[var(--health-healthy)] no-underline">{step.to}</ins>{step.after}</>;
}

/** The stops of a journey that are not as before. */
function Hops({ hops }: { readonly hops: readonly string[] }) {
  return (
    <div data-line="request" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <span className="text-dim">{said.hops}</span>
      <ul className="contents">
        {hops.map((hop) => (
          <li key={hop} className="flex items-center gap-1.5">
            <svg viewBox="0 0 22 12" className="h-3 w-5.5 text-line" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3"><path d="M0 6h6M16 6h6" /><circle cx="11" cy="6" r="4.2" /></svg>
            <code className="font-mono text-[0.8125rem] font-bold">{hop}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

const marks: Readonly<Record<string, string>> = {
  data: 'text-wrong', access: 'text-[var(--line-message)]', availability: 'text-[var(--health-progressing)]', cost: 'text-[var(--line-mail)]',
};

/** What a change may cost; a word, with a colour beside it. */
export function RiskMark({ risk }: { readonly risk: string }) {
  return (
    <span data-risk={risk} className={`inline-flex items-center gap-1 rounded-[3px] border-[1.5px] border-current px-1.5 text-[0.75rem] leading-5 font-extrabold ${marks[risk] ?? 'text-dim'}`}>
      <svg viewBox="0 0 10 10" className="size-2.5" aria-hidden="true" fill="currentColor"><path d="M5 .5L9.8 9.5H.2z" /></svg>
      <span className="sr-only">{said.risk} </span>{risk}
    </span>
  );
}
