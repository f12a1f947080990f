'use client';
import { useState } from 'react';
import type { Environment } from '../../api/delivery.ts';
import { Field } from '../../ui/field.tsx';
import { PathText } from '../../ui/path-text.tsx';
import { changeTexts } from '../../ui/texts/change.ts';
import { WishForm } from './wish-form.tsx';

const said = changeTexts.knob;

/** Another value of one knob; what it may be, the model knows, and says when it is refused. */
export function KnobForm({ environment, knob: first }: { readonly environment: Environment; readonly knob?: string | undefined }) {
  const { knobs } = environment;
  const [name, setName] = useState(first ?? knobs[0]?.name ?? '');
  const knob = knobs.find((each) => each.name === name);
  if (!knob) return <p className="text-dim">{said.none}</p>;
  const numeric = typeof knob.value === 'number';
  return (
    <WishForm wish={(values) => ({ kind: 'knob', environment: environment.name, knob: values('knob'), value: numeric ? Number(values('value')) : values('value'), reason: values('reason') })}>
      <Field name={said.knob}>
        <select className="field" name="knob" required value={name} onChange={(event) => setName(event.target.value)}>
          {knobs.map((each) => <option key={each.name}>{each.name}</option>)}
        </select>
      </Field>
      <p className="-mt-2 text-sm text-dim">{knob.about}. {said.declared} <PathText text={knob.declaredAt} className="text-ink" /></p>
      <Field name={said.value} hint={`${said.now}: ${knob.value}${numeric ? `, ${said.number}` : ''}`}>
        <input key={name} className="field font-mono text-sm" name="value" required defaultValue={knob.value} maxLength={200} autoComplete="off" spellCheck={false} {...(numeric && { type: 'number', step: 'any' })} />
      </Field>
    </WishForm>
  );
}
