'use client';
import Link from 'next/link';
import type { Operation } from '../../api/openapi.ts';
import { composerTexts as said, presetTexts } from '../../ui/texts/composer.ts';
import { composerHref, presets } from './presets.ts';

/** Requests that are worth watching; those whose route this gateway does not have are left out. */
export function PresetList({ operations, chosen }: { readonly operations: readonly Operation[]; readonly chosen: string | null }) {
  const known = new Set(operations.map(({ id }) => id));
  return (
    <nav aria-labelledby="presets" className="panel min-w-0 overflow-clip">
      <h2 id="presets" className="on-sign border-b-2 border-dashed border-ground bg-sign px-5 py-4 text-lg text-sign-ink dark:border-rule">{said.presets}</h2>
      <ul className="divide-y divide-rule">
        {presets.filter(({ route }) => known.has(route)).map(({ name, route, values }) => (
          <li key={name}>
            <Link href={composerHref(route, values, name)} scroll={false} aria-current={chosen === name ? 'true' : undefined} data-preset={name}
              className="block px-5 py-3 -outline-offset-4 hover:bg-sunk aria-[current]:bg-sunk aria-[current]:shadow-[inset_4px_0_0_var(--go)]">
              <strong className="block">{presetTexts[name][0]}</strong>
              <span className="text-sm text-dim">{presetTexts[name][1]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
