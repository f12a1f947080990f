import type { ReactNode } from 'react';
import type { Hop, LogLine } from '../../api/gateway.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { PathText } from '../../ui/path-text.tsx';
import { texts } from '../../ui/texts.ts';
import type { Declaration } from './declaration.ts';
import type { HopFact } from './hop-fact.ts';

const said = texts.journey;
interface Props { readonly hop: Hop; readonly fact: HopFact; readonly logs: readonly LogLine[]; readonly declaration: Declaration | undefined }

/** Everything about one hop: who decided it, what it sent, what it logged. */
export function HopDetail({ hop, fact, logs, declaration }: Props) {
  return (
    <div className="mb-4 grid gap-x-8 gap-y-5 rounded border border-rule border-t-4 border-t-[var(--line)] bg-panel p-4 lg:grid-cols-2">
      {hop.message && <p className="font-bold text-wrong lg:col-span-2">{hop.message}</p>}
      {declaration && declaration.kind !== 'undeclared' && (
        <Part title={declaration.kind === 'reference' ? `${said.reference} ${declaration.reference}` : said.declaredAt}>
          <p className="flex items-baseline gap-1"><PathText text={declaration.line} /><CopyText text={declaration.line} /></p>
          <h4 className="eyebrow mt-3">{said.manifests}</h4>
          {declaration.manifests.length === 0
            ? <p className="text-dim">{said.noManifests}</p>
            : <ul>{declaration.manifests.map((path) => <li key={path}><PathText text={path} /></li>)}</ul>}
          {declaration.kind === 'reference' && declaration.policies.length > 0 && (
            <>
              <h4 className="eyebrow mt-3">{said.policies}</h4>
              <ul>{declaration.policies.map((name) => <li key={name}><PathText text={name} /></li>)}</ul>
            </>
          )}
        </Part>
      )}
      <Part title={said.logs}>
        {logs.length === 0 ? <p className="text-dim">{said.noLogs}</p> : (
          <ul className="grid gap-1 font-mono text-sm">
            {logs.map((line, index) => <li key={index} className="[overflow-wrap:anywhere]"><span className={line.level === 'error' ? 'font-bold text-wrong' : 'text-dim'}>{line.level}</span> {line.message}</li>)}
          </ul>
        )}
      </Part>
      {fact.kind === 'sql' && (
        <Part title={`${said.statement} (${fact.system}${fact.rows === undefined ? '' : `, ${said.rows(fact.rows)}`})`}>
          <pre tabIndex={0} aria-label={said.statement} className="max-h-72 overflow-auto rounded bg-sunk p-3 font-mono text-sm whitespace-pre-wrap">{fact.statement.trim()}</pre>
        </Part>
      )}
      <Part title={said.attributes}>
        <dl className="grid gap-x-4 gap-y-0.5 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
          {Object.entries(hop.attributes).filter(([name]) => name !== 'db.query.text').toSorted().map(([name, value]) => (
            <div key={name} className="contents"><dt className="text-dim">{name}</dt><dd className="mb-1 min-w-0 font-mono [overflow-wrap:anywhere] sm:mb-0">{typeof value === 'string' ? value : JSON.stringify(value)}</dd></div>
          ))}
        </dl>
      </Part>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section className="min-w-0"><h3 className="mb-1.5 text-sm font-extrabold tracking-normal [overflow-wrap:anywhere]">{title}</h3>{children}</section>;
}
