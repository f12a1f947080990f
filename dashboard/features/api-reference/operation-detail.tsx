import type { ReactNode } from 'react';
import type { Operation } from '../../api/openapi.ts';
import { apiTexts as said } from '../../ui/texts/api-reference.ts';
import { limitsOf, SchemaOutline, typeOf } from './schema-outline.tsx';

/** What a route takes and what it answers. */
export function OperationDetail({ operation: { parameters, body, answers, repeatable } }: { readonly operation: Operation }) {
  return (
    <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
      <div className="grid min-w-0 content-start gap-5">
        {parameters.length > 0 && (
          <Part title={said.parameters}>
            <ul className="grid gap-2">
              {parameters.map(({ name, in: place, required, schema }) => (
                <li key={`${place} ${name}`} className="[overflow-wrap:anywhere]"><code className="font-mono font-bold">{name}</code> <span className="text-dim">{typeOf(schema)}, {said.in[place]}, {required ? said.required : said.optional}{limitsOf(schema)}</span></li>
              ))}
            </ul>
          </Part>
        )}
        {body && <Part title={said.body}><SchemaOutline schema={body} /></Part>}
        {repeatable && <p className="text-dim">{said.repeatable}</p>}
      </div>
      <Part title={said.answers}>
        <div className="grid gap-3">
          {answers.map(({ status, schema, stream }) => (
            <div key={status} className="min-w-0"><p><strong className="text-[var(--health-healthy)]">{status}</strong>{!schema && <span className="ml-2 text-dim">{stream ? said.stream : said.none}</span>}</p>{schema && <SchemaOutline schema={schema} />}</div>
          ))}
          <p className="text-sm text-dim">{said.errors}</p>
        </div>
      </Part>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section className="min-w-0"><h4 className="mb-1.5 text-sm font-extrabold">{title}</h4>{children}</section>;
}
