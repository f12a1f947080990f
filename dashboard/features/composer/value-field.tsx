'use client';
import { Field } from '../../ui/field.tsx';
import { composerTexts as said } from '../../ui/texts/composer.ts';
import type { Field as Described } from './fields.ts';

interface Props {
  readonly field: Described;
  readonly value: string;
  readonly fault: string | undefined;
  /** What is offered while typing. */
  readonly suggestions: readonly string[];
  readonly onChange: (value: string) => void;
}

/** One value of a request, in the control that its schema asks for. */
export function ValueField({ field, value, fault, suggestions, onChange }: Props) {
  const faultId = `${field.key}-fault`;
  const described = { 'aria-invalid': fault !== undefined, 'aria-describedby': fault === undefined ? undefined : faultId, name: field.key } as const;
  const hint = [field.required ? '' : said.optional, field.secret ? said.secretHint : '', field.kind === 'json' ? said.jsonHint : field.kind === 'lines' ? said.linesHint : isEither(field) ? said.unionHint : ''].filter(Boolean).join(', ');
  const change = (event: { readonly target: { readonly value: string } }) => onChange(event.target.value);
  return (
    <div data-field={field.key} className={field.kind === 'json' || field.kind === 'lines' ? 'sm:col-span-2' : undefined}>
      {field.kind === 'choices' ? <Choices field={field} value={value} onChange={onChange} /> : (
        <Field name={field.name} hint={hint}>
          {field.kind === 'choice' ? (
            <select className="field" value={value} onChange={change} {...described}>
              <option value="">{field.required ? '' : said.optional}</option>
              {field.options.map((option) => <option key={option}>{option}</option>)}
            </select>
          ) : field.kind === 'json' || field.kind === 'lines' ? (
            <textarea className="field min-h-24 font-mono text-sm" rows={3} value={value} onChange={change} spellCheck={false} {...described} />
          ) : (
            <input className="field" type={field.secret ? 'password' : 'text'} autoComplete="off" spellCheck={false} list={suggestions.length > 0 ? `${field.key}-list` : undefined} value={value} onChange={change} {...described} />
          )}
        </Field>
      )}
      {suggestions.length > 0 && <datalist id={`${field.key}-list`}>{suggestions.map((each) => <option key={each}>{each}</option>)}</datalist>}
      {fault !== undefined && <p id={faultId} className="mt-1 text-sm font-bold text-wrong [overflow-wrap:anywhere]">{field.name} {fault}</p>}
    </div>
  );
}

function Choices({ field, value, onChange }: Pick<Props, 'field' | 'value' | 'onChange'>) {
  const chosen = value.split(',').filter(Boolean);
  return (
    <fieldset>
      <legend className="font-bold">{field.name}</legend>
      <div className="flex min-h-11 flex-wrap items-center gap-x-5 gap-y-2">
        {field.options.map((option) => (
          <label key={option} className="flex items-center gap-2">
            <input type="checkbox" className="size-5 accent-[var(--go-solid)]" checked={chosen.includes(option)}
              onChange={(event) => onChange(field.options.filter((each) => (each === option ? event.target.checked : chosen.includes(each))).join(','))} />
            {option}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function isEither({ schema }: Described): boolean {
  const types = [schema['type']].flat();
  return types.includes('string') && (types.includes('number') || types.includes('integer'));
}
