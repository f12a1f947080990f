import type { ReactNode } from 'react';
import { fieldTexts as said } from './texts/shared.ts';

/** A name, what may be written there, and the control itself. */
export function Field({ name, hint, children }: { readonly name: string; readonly hint?: ReactNode; readonly children: ReactNode }) {
  return (
    <label className="grid gap-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3"><span className="font-bold">{name}</span>{hint && <span className="text-sm text-dim">{hint}</span>}</span>
      {children}
    </label>
  );
}

/** Asked for whenever something changes: it stands in the commit, the audit record and the history. */
export function ReasonField({ initial = '', hint = said.reasonHint }: { readonly initial?: string; readonly hint?: string }) {
  return <Field name={said.reason} hint={hint}><input className="field" name="reason" required maxLength={500} defaultValue={initial} autoComplete="off" pattern=".*\S.*" title={said.reasonShape} /></Field>;
}
