'use client';
import { useMemo, useState, type FormEvent } from 'react';
import type { Operation } from '../../api/openapi.ts';
import { misfitsIn } from '../../api/misfits.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { composerTexts as said } from '../../ui/texts/composer.ts';
import { Words } from '../../ui/words.tsx';
import { useMay } from '../session/use-may.ts';
import { useWorkloads } from '../workloads/use-workloads.ts';
import { BodyField } from './body-field.tsx';
import { ConfirmSend } from './confirm-send.tsx';
import { draftOf, type Values } from './draft.ts';
import { fieldsOf, initialOf } from './fields.ts';
import { MethodSign } from './method-sign.tsx';
import { RequestPreview } from './request-preview.tsx';
import { whyNot } from './sendable.ts';
import { suggestionsFor } from './suggestions.ts';
import { useSend } from './use-send.ts';
import { useValues } from './use-values.ts';
import { ValueField } from './value-field.tsx';

interface Props {
  readonly operation: Operation;
  readonly initial: Values;
  /** Nothing is missing: ask at once whether to send it. */
  readonly ready: boolean;
}

/** The form of one route. What it changes is said before it is sent. */
export function RequestForm({ operation, initial, ready }: Props) {
  const fields = useMemo(() => fieldsOf(operation), [operation]);
  const isSecret = useMemo(() => {
    const secrets = new Set(fields.filter(({ secret }) => secret).map(({ key }) => key));
    return (key: string) => secrets.has(key) || (key === 'body' && secrets.size > 0);
  }, [fields]);
  const [values, change] = useValues({ ...Object.fromEntries(fields.flatMap((field) => (initialOf(field) === '' ? [] : [[field.key, initialOf(field)]]))), ...initial }, isSecret);
  const [key, setKey] = useState(() => (operation.repeatable ? crypto.randomUUID() : undefined));
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(ready && operation.method !== 'GET');
  const { data: workloads } = useWorkloads();
  const send = useSend();
  const may = useMay(operation.access === 'anyone' ? 'viewer' : operation.access);
  const { wanted: drafted, faults } = draftOf(operation, values);
  const wanted = { ...drafted, ...(key !== undefined && { idempotencyKey: key }) };
  const wrong = Object.keys(faults).length;
  const kept = whyNot(operation);
  const go = () => { setAsking(false); send.mutate({ wanted, secret: fields.some(({ secret }) => secret) }); };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong === 0) (operation.method === 'GET' ? go : () => setAsking(true))();
  };
  const shown = fields.filter((field) => values['body'] === undefined || !field.key.startsWith('body.'));
  const busy = send.isPending || send.isSuccess;
  return (
    <section aria-labelledby="request" className="panel min-w-0 overflow-clip">
      <header className="grid gap-1.5 border-b border-rule px-5 py-4">
        <h2 id="request" className="flex flex-wrap items-center gap-x-3 gap-y-1 font-mono text-lg font-bold tracking-normal [overflow-wrap:anywhere]"><MethodSign method={operation.method} />{operation.path}</h2>
        <p className="max-w-prose text-dim"><Words text={operation.about} /></p>
      </header>
      <form className="grid gap-5 p-5" onSubmit={submit} noValidate aria-busy={busy}>
        {fields.length === 0 && !operation.body && <p className="text-dim">{said.noFields}</p>}
        {shown.length > 0 && (
          <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
            {shown.map((field) => (
              <ValueField key={field.key} field={field} value={values[field.key] ?? ''} fault={tried || values[field.key] ? faults[field.key] : undefined} onChange={(text) => change({ [field.key]: text })}
                suggestions={suggestionsFor(field.key, (value) => misfitsIn(field.schema, value).length === 0, workloads?.map(({ name }) => name) ?? [])} />
            ))}
          </div>
        )}
        {operation.body && <BodyField values={values} body={wanted.body ?? ''} fault={faults['body']} onChange={change} />}
        {key !== undefined && <p className="flex flex-wrap items-baseline gap-x-2 text-sm"><span className="font-bold">{said.key}</span> <code className="font-mono break-all">{key}</code> <button type="button" className="font-bold text-go underline-offset-4 hover:underline" onClick={() => setKey(crypto.randomUUID())}>{said.newKey}</button> <span className="text-dim">{said.keyHint}</span></p>}
        <RequestPreview wanted={wanted} hidden={fields.some(({ secret }) => secret)} />
        {kept !== undefined && <p className="font-bold">{kept}</p>}
        {!may && kept === undefined && <p className="font-bold text-[var(--health-progressing)]">{said.needs(operation.access)}</p>}
        {tried && wrong > 0 && <p role="alert" className="font-bold text-wrong">{said.faults(wrong)}</p>}
        <button className="button-go justify-self-start text-lg" disabled={busy || kept !== undefined}>{busy ? said.busy : said.submit}</button>
        {send.error && <ProblemNotice problem={problemOf(send.error)} />}
      </form>
      {asking && <ConfirmSend operation={operation} wanted={wanted} environment={values['body.environment'] ?? values['path.environment'] ?? values['body.to']} onSend={go} onClose={() => setAsking(false)} />}
    </section>
  );
}
