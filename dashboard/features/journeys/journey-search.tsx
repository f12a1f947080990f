'use client';
import { useEffect, useRef, type FormEvent } from 'react';
import { Field } from '../../ui/field.tsx';
import { journeysTexts } from '../../ui/texts/journeys.ts';
import { isRange, ranges } from '../logs/question.ts';
import { useWorkloads } from '../workloads/use-workloads.ts';
import { askedNames } from './wanted.ts';

const said = journeysTexts.search;

interface Props { readonly params: URLSearchParams; readonly onChange: (values: Readonly<Record<string, string | null>>) => void }

/** Which journeys are shown; all of it stands in the address. A choice is asked for at once, what is typed with the button. */
export function JourneySearch({ params, onChange }: Props) {
  const { data: workloads = [] } = useWorkloads();
  const form = useRef<HTMLFormElement>(null);
  const service = params.get('service') ?? '';
  const services = [...new Set([...workloads.map(({ name }) => name), ...(service === '' ? [] : [service])])].toSorted();
  const fixed = params.has('from') || params.has('to');
  const range = params.get('range');
  // Back changes the address: what was typed follows it, and the cursor stays where it is.
  useEffect(() => {
    for (const name of ['text', 'longer']) {
      const input = form.current?.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = params.get(name) ?? '';
    }
  }, [params]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const values = askedNames.map((name) => [name, String(typed.get(name) ?? '').trim() || null] as const);
    // A fixed time is no field: it stays until another range is chosen.
    onChange(Object.fromEntries(typed.get('range') === 'fixed' ? values.filter(([name]) => name !== 'range' && name !== 'from' && name !== 'to') : values));
  };
  const ask = () => form.current?.requestSubmit();
  return (
    <form ref={form} role="search" aria-label={said.label} onSubmit={submit} className="panel mb-4 grid grid-cols-2 items-end gap-x-4 gap-y-3 p-4 sm:px-5 lg:grid-cols-[minmax(12rem,2fr)_1fr_9rem_1fr_auto]">
      <div className="col-span-2 lg:col-span-1"><Field name={said.text} hint={said.textHint}><input name="text" type="search" defaultValue={params.get('text') ?? ''} maxLength={200} autoComplete="off" spellCheck={false} className="field" /></Field></div>
      <Field name={said.service}>
        <select name="service" className="field" value={service} onChange={ask}><option value="">{said.anyService}</option>{services.map((name) => <option key={name}>{name}</option>)}</select>
      </Field>
      <Field name={said.longer}><input name="longer" type="number" min={0} max={999_999_999} step={1} inputMode="numeric" defaultValue={params.get('longer') ?? ''} className="field" /></Field>
      <Field name={said.range}>
        <select name="range" className="field" value={fixed ? 'fixed' : isRange(range) && range !== 'all' ? range : ''} onChange={ask}>
          {fixed && <option value="fixed">{said.fixed}</option>}
          <option value="">{said.ranges.all}</option>
          {Object.keys(ranges).filter(isRange).map((name) => name !== 'all' && <option key={name} value={name}>{said.ranges[name]}</option>)}
        </select>
      </Field>
      <button className="button-go">{said.submit}</button>
      <p className="col-span-2 flex flex-wrap gap-x-6 lg:col-span-5">
        <Check name="failed" value="1" label={said.failed} checked={params.get('failed') === '1'} onChange={ask} />
        <Check name="demo" value="hidden" label={said.hideDemo} checked={params.get('demo') === 'hidden'} onChange={ask} />
      </p>
    </form>
  );
}

interface CheckProps { readonly name: string; readonly value: string; readonly label: string; readonly checked: boolean; readonly onChange: () => void }

function Check({ label, ...box }: CheckProps) {
  return <label className="flex min-h-8 items-center gap-2 font-bold"><input type="checkbox" className="size-5 accent-[var(--go-solid)]" {...box} />{label}</label>;
}
