'use client';
import { useId } from 'react';
import type { Diff } from '../../api/delivery.ts';
import { CopyButton } from '../../ui/copy-text.tsx';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { diffTexts as said } from '../../ui/texts/diff.ts';
import { partsOf, type EnvironmentPart } from './diff-parts.ts';
import { FactGroup, RiskMark } from './fact-group.tsx';
import { PatchDetails, StackDetails } from './patch-details.tsx';

/** A semantic diff: drawn for people where its form is known, and always as the very text that the CLI prints. */
export function DiffView({ diff }: { readonly diff: Diff }) {
  const parts = partsOf(diff);
  const heading = useId();
  return (
    <div className="grid min-w-0 gap-5">
      {parts.map((part) => <EnvironmentDiff key={part.environment} part={part} />)}
      <section aria-labelledby={heading} className="panel min-w-0 overflow-clip">
        <header className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-rule px-4 py-2 sm:px-5">
          <h3 id={heading} className="text-base tracking-normal">{said.text}</h3>
          <CopyButton text={diff.text} label={said.copy} />
          <p className="w-full text-sm text-dim">{said.textSaid}</p>
        </header>
        {/* Not a byte more or less than the CLI and the pull request show: no child but the text. */}
        <pre data-diff tabIndex={0} aria-label={said.text} className="max-h-[32rem] overflow-auto bg-sunk p-4 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere] sm:px-5">{diff.text}</pre>
      </section>
    </div>
  );
}

function EnvironmentDiff({ part: { environment, risks = [], workloads, findings = [], unjudged, yaml = [], terraform = [] } }: { readonly part: EnvironmentPart }) {
  const heading = useId();
  const facts = workloads.reduce((sum, group) => sum + group.facts.length, 0);
  return (
    <section aria-labelledby={heading} className="panel min-w-0 overflow-clip" data-environment={environment}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
        <h3 id={heading}><EnvironmentSign name={environment} /></h3>
        <span className="font-bold">{facts === 0 ? said.noFacts : said.facts(facts)}</span>
        <span className="ml-auto flex flex-wrap gap-1.5">{risks.map((risk) => <RiskMark key={risk} risk={risk} />)}</span>
      </header>
      {workloads.map((group) => <FactGroup key={group.workload ?? ''} group={group} />)}
      {findings.length > 0 && (
        <div className="border-t border-rule px-4 py-3 sm:px-5">
          <h4 className="mb-1 font-extrabold text-wrong">{said.findings}</h4>
          <ul className="grid gap-2">
            {findings.map((finding, index) => (
              <li key={index} className="[overflow-wrap:anywhere]">
                <strong>{finding.rule}</strong> <code className="font-mono text-sm">{finding.object}</code>: {finding.what}
                {finding.fix && <span className="block text-sm text-dim">{finding.fix}</span>}
                {finding.declaredAt && <code className="block font-mono text-[0.8125rem]">{finding.declaredAt}</code>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {unjudged && <p className="border-t border-rule px-4 py-2 text-sm text-dim sm:px-5">{unjudged}</p>}
      {yaml.length > 0 && <PatchDetails patches={yaml} />}
      {terraform.length > 0 && <StackDetails changes={terraform} />}
    </section>
  );
}
