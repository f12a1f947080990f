'use client';
import Link from 'next/link';
import { useState } from 'react';
import type { Doc } from '../../api/docs.ts';
import { Field } from '../../ui/field.tsx';
import { docsTexts as said } from '../../ui/texts/docs.ts';

/** All documents by folder, with a box that looks through titles and paths. Folded away on a phone once one is open. */
export function DocNavigation({ index, here }: { readonly index: readonly Pick<Doc, 'path' | 'title'>[]; readonly here: string }) {
  const [text, setText] = useState('');
  const found = index.filter(({ path, title }) => text.toLowerCase().split(/\s+/).every((word) => `${title} ${path}`.toLowerCase().includes(word)));
  const folders = Map.groupBy(found, ({ path }) => path.split('/').slice(0, -1).join('/'));
  return (
    <div className="panel min-w-0 overflow-clip lg:sticky lg:top-5 lg:max-h-[calc(100dvh-2.5rem)] lg:overflow-y-auto">
      <h1 className="px-4 pt-3 text-xl">{said.title}</h1>
      <div className="px-4 py-3"><Field name={said.search}><input className="field" type="search" value={text} placeholder={said.searchHint} onChange={(event) => setText(event.target.value)} autoComplete="off" /></Field></div>
      <nav aria-label={said.contents} className="max-h-64 overflow-y-auto overscroll-contain border-t border-rule pb-2 lg:max-h-none">
        {found.length === 0 && <p className="px-4 py-3 text-dim">{said.nothing}</p>}
        {[...folders].map(([folder, all]) => (
          <section key={folder} className="pt-2">
            {folder !== '' && <h2 className="px-4 pb-0.5 font-mono text-[0.8125rem] font-normal tracking-normal text-dim [overflow-wrap:anywhere]">{folder}/</h2>}
            <ul>{all.map(({ path, title }) => (
              <li key={path}><Link prefetch={false} href={path === 'README.md' ? '/docs' : `/docs/${path}`} aria-current={path === here ? 'page' : undefined} className="block px-4 py-1 text-sm -outline-offset-3 [overflow-wrap:anywhere] hover:bg-sunk aria-[current]:bg-sunk aria-[current]:font-bold aria-[current]:shadow-[inset_4px_0_0_var(--go)]">{title}</Link></li>
            ))}</ul>
          </section>
        ))}
      </nav>
    </div>
  );
}
