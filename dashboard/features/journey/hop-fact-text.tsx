import { PathText } from '../../ui/path-text.tsx';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import type { HopFact } from './hop-fact.ts';

const said = journeyTexts;

/** What a hop did, in one line. */
export function HopFactText({ fact, name }: { readonly fact: HopFact; readonly name: string }) {
  switch (fact.kind) {
    case 'sql': return <Line><code className="block truncate font-mono text-[0.8125rem]">{oneLine(fact.statement)}</code></Line>;
    case 'cache': return (
      <Line>
        <strong className="text-line">{journeyTexts.line.cache} {fact.hit === undefined ? '' : fact.hit ? said.hit : said.miss}</strong>
        {fact.key !== undefined && <PathText text={fact.key} className="ml-2" />}
      </Line>
    );
    case 'message': return (
      <Line>
        <span className="text-dim">{said[fact.way]}</span> <PathText text={fact.queue} />
        {fact.tries !== undefined && <span className="text-dim">, {said.tries(fact.tries)}</span>}
      </Line>
    );
    case 'mail': return <Line><strong className="text-line">{said.line.mail}</strong>{fact.recipients !== undefined && <span> {said.recipients(fact.recipients)}</span>}</Line>;
    case 'object': return <Line><span className="text-dim">{fact.operation}</span> <PathText text={fact.key} /></Line>;
    // The name of a server's hop is its method and route already; its status stands beside it.
    case 'request': return `${fact.method} ${fact.path}` === name ? null : <Line><PathText text={`${fact.method} ${fact.path}`} /></Line>;
    case 'work': return null;
  }
}

function Line({ children }: { readonly children: React.ReactNode }) {
  return <p className="min-w-0 [overflow-wrap:break-word]">{children}</p>;
}

function oneLine(statement: string): string {
  return statement.replaceAll(/\s+/g, ' ').trim();
}
