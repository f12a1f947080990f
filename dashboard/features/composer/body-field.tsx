'use client';
import { Field } from '../../ui/field.tsx';
import { composerTexts as said } from '../../ui/texts/composer.ts';
import type { Values } from './draft.ts';

interface Props { readonly values: Values; readonly body: string; readonly fault: string | undefined; readonly onChange: (changes: Readonly<Record<string, string | null>>) => void }

/** A body may also be written as what it is: JSON. */
export function BodyField({ values, body, fault, onChange }: Props) {
  const asJson = values['body'] !== undefined;
  return (
    <div className="grid gap-3">
      <fieldset className="inline-flex justify-self-start overflow-clip rounded border-[1.5px] border-dim text-sm">
        <legend className="sr-only">{said.bodyAs}</legend>
        {([false, true] as const).map((json) => (
          <label key={String(json)} className="relative border-l-[1.5px] border-dim px-3 py-1.5 font-bold first:border-l-0 has-checked:bg-sign has-checked:text-sign-ink has-focus-visible:outline-3 has-focus-visible:-outline-offset-3 has-focus-visible:outline-go dark:has-checked:bg-ink dark:has-checked:text-ground">
            <input type="radio" name="as" checked={asJson === json} onChange={() => onChange({ body: json ? body : null })} className="absolute inset-0 cursor-pointer opacity-0" />
            {json ? said.asJson : said.asFields}
          </label>
        ))}
      </fieldset>
      {asJson && (
        <Field name={said.bodyAs} hint={said.jsonHint}>
          <textarea className="field min-h-40 font-mono text-sm" rows={8} name="body" value={values['body']} spellCheck={false} aria-invalid={fault !== undefined} aria-describedby={fault === undefined ? undefined : 'body-fault'} onChange={(event) => onChange({ body: event.target.value })} />
        </Field>
      )}
      {asJson && fault !== undefined && <p id="body-fault" className="text-sm font-bold text-wrong [overflow-wrap:anywhere]">{said.bodyAs} {fault}</p>}
    </div>
  );
}
