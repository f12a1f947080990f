import type { Hop, LogLine } from '../../api/monitoring.ts';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import { formatClock } from '../../ui/format.ts';
import { CopyButton } from '../../ui/copy-text.tsx';
import type { Declaration } from './declaration.ts';
import { HopDeclaration } from './hop-declaration.tsx';
import { HopExtras } from './hop-extras.tsx';
import type { HopFact } from './hop-fact.ts';
import { Part } from './part.tsx';

const said = journeyTexts;
interface Props { readonly hop: Hop; readonly fact: HopFact; readonly logs: readonly LogLine[]; readonly declaration: Declaration | undefined; readonly environment: string }

/** Everything about one hop: who decided it, what it sent, what it logged. */
export function HopDetail({ hop, fact, logs, declaration, environment }: Props) {
  return (
    <div className="mb-4 grid gap-x-8 gap-y-5 rounded border border-rule border-t-4 border-t-[var(--line)] bg-panel p-4 lg:grid-cols-2">
      <p className="-mb-3 text-right lg:col-span-2"><CopyButton text={hopLink(hop.spanId)} label={said.hopLink} /></p>
      {hop.message && <p className="font-bold text-wrong lg:col-span-2">{hop.message}</p>}
      {declaration && 'line' in declaration && (
        <div className="min-w-0 lg:col-span-2">
          <HopDeclaration environment={environment} service={hop.service} declaration={declaration} />
        </div>
      )}
      <Part title={said.logs}>
        {logs.length === 0 ? <p className="text-dim">{said.noLogs}</p> : (
          <ul className="grid gap-1 font-mono text-sm">
            {logs.map((line, index) => (
              <li key={index} className="[overflow-wrap:anywhere]">
                <time dateTime={new Date(line.at).toISOString()} className="text-dim">{formatClock(line.at)}</time> <span className={line.level === 'error' ? 'font-bold text-wrong' : 'text-dim'}>{line.level}</span> {line.message}
                {line.stack !== undefined && (
                  <details data-stack className="mt-1"><summary className="font-sans font-bold">{said.stack}</summary><pre tabIndex={0} aria-label={said.stack} className="mt-1 max-h-72 overflow-auto rounded bg-sunk p-3 whitespace-pre-wrap">{line.stack}</pre></details>
                )}
              </li>
            ))}
          </ul>
        )}
      </Part>
      {fact.kind === 'sql' && (
        <Part title={`${said.statement} (${fact.system}${fact.rows === undefined ? '' : `, ${said.rows(fact.rows)}`})`}>
          <pre tabIndex={0} aria-label={said.statement} className="max-h-72 overflow-auto rounded bg-sunk p-3 font-mono text-sm whitespace-pre-wrap">{fact.statement.trim()}</pre>
        </Part>
      )}
      <HopExtras hop={hop} />
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

/** The address that opens this hop, with the environment that is chosen. */
function hopLink(spanId: string): string {
  const url = new URL(window.location.href);
  url.searchParams.set('hop', spanId);
  return url.href;
}
