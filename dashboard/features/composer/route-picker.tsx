'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { Operation } from '../../api/openapi.ts';
import { Field } from '../../ui/field.tsx';
import { composerTexts as said } from '../../ui/texts/composer.ts';
import { composerHref } from './presets.ts';
import { whyNot } from './sendable.ts';

/** Every route that can be sent from here, by its service. */
export function RoutePicker({ operations, chosen }: { readonly operations: readonly Operation[]; readonly chosen: string | undefined }) {
  const router = useRouter();
  const services = Map.groupBy(operations.filter((operation) => !whyNot(operation)), ({ service }) => service);
  return (
    <Field name={said.route} hint={<Link href="/api-reference" className="font-bold text-go underline-offset-4 hover:underline">{said.allRoutes}</Link>}>
      <select className="field" value={chosen ?? ''} onChange={(event) => router.push(composerHref(event.target.value), { scroll: false })}>
        <option value="" disabled>{said.choose}</option>
        {[...services].map(([service, all]) => (
          <optgroup key={service} label={service}>
            {all.map(({ id, method, path }) => <option key={id} value={id}>{method} {path}</option>)}
          </optgroup>
        ))}
      </select>
    </Field>
  );
}
