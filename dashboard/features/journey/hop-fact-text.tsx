import { texts } from '../../ui/texts.ts';
import type { HopFact } from './hop-fact.ts';

const said = texts.journey;

/** What a hop did, in one line. */
export function HopFactText({ fact }: { readonly fact: HopFact }) {
  switch (fact.kind) {
    case 'sql': return <Line><code className="block truncate font-mono text-[0.8125rem]">{oneLine(fact.statement)}</code></Line>;
    case 'cache': return (
      <Line>
        <strong className="text-line">{texts.journey.line.cache} {fact.hit === undefined ? '' : fact.hit ? said.hit : said.miss}</strong>
        {fact.key !== undefined && <code className="ml-2 font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{fact.key}</code>}
      </Line>
    );
    case 'message': return (
      <Line>
        <span className="text-dim">{said[fact.way]}</span> <code className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{fact.queue}</code>
        {fact.tries !== undefined && <span className="text-dim"> · {said.tries(fact.tries)}</span>}
      </Line>
    );
    case 'mail': return <Line><strong className="text-line">{said.line.mail}</strong>{fact.recipients !== undefined && <span> {said.recipients(fact.recipients)}</span>}</Line>;
    case 'request': return (
      <Line>
        <code className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{fact.method} {fact.path}</code>
        {fact.status !== undefined && <strong className={fact.status >= 400 ? 'ml-2 text-wrong' : 'ml-2'}>{fact.status}</strong>}
      </Line>
    );
    case 'work': return null;
  }
}

function Line({ children }: { readonly children: React.ReactNode }) {
  return <p className="min-w-0">{children}</p>;
}

function oneLine(statement: string): string {
  return statement.replaceAll(/\s+/g, ' ').trim();
}
