'use client';
import { useState } from 'react';
import type { Environment } from '../../api/delivery.ts';
import { Field } from '../../ui/field.tsx';
import { changeTexts } from '../../ui/texts/change.ts';
import { WishForm } from './wish-form.tsx';

const said = changeTexts.scale;

/** Another size of one workload: so many on a laptop, from least to most where an autoscaler decides. */
export function ScaleForm({ environment, workload }: { readonly environment: Environment; readonly workload: string | undefined }) {
  const [name, setName] = useState(workload ?? environment.workloads[0]?.workload ?? '');
  const cell = environment.workloads.find((each) => each.workload === name);
  // What runs from sources runs on one machine, and nothing scales it.
  const scaled = environment.kind !== 'source' && environment.kind !== 'local';
  return (
    <WishForm wish={(values) => ({
      kind: 'scale', environment: environment.name, workload: values('workload'), replicas: Number(values('replicas')), reason: values('reason'),
      ...(values('most') !== '' && { most: Number(values('most')) }),
    })}>
      <Field name={changeTexts.workload} hint={cell?.replicas !== undefined && said.now(cell.replicas)}>
        <select className="field" name="workload" required value={name} onChange={(event) => setName(event.target.value)}>
          {environment.workloads.map((each) => <option key={each.workload}>{each.workload}</option>)}
        </select>
      </Field>
      <div className={scaled ? 'grid grid-cols-2 gap-4' : 'grid'}>
        <Field name={scaled ? said.least : said.replicas}>
          <input key={name} className="field" name="replicas" type="number" required min={1} max={1000} step={1} defaultValue={cell?.replicas ?? 1} />
        </Field>
        {scaled && <Field name={said.most} hint={said.mostHint}><input className="field" name="most" type="number" required min={1} max={1000} step={1} /></Field>}
      </div>
    </WishForm>
  );
}
