import Link from 'next/link';
import type { Doc } from '../../api/docs.ts';
import { docsTexts as said } from '../../ui/texts/docs.ts';
import { DocNavigation } from './doc-navigation.tsx';

/** One document beside the list of all. Its HTML was made by the build from Markdown without raw HTML. */
export function DocView({ doc, index }: { readonly doc: Doc; readonly index: readonly Pick<Doc, 'path' | 'title'>[] }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <DocNavigation index={index} here={doc.path} />
      <div className="grid min-w-0 gap-4">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm text-dim"><span className="font-mono [overflow-wrap:anywhere]">{doc.path}</span><Link href="/glossary" className="font-bold text-go underline-offset-4 hover:underline">{said.glossary}</Link></p>
        <article className="panel min-w-0 p-5 sm:p-8" data-doc={doc.path}>
          <div className="doc" dangerouslySetInnerHTML={{ __html: doc.html }} />
        </article>
        {doc.headings.length > 2 && (
          <nav aria-label={said.onPage} className="panel p-5">
            <h2 className="eyebrow mb-1">{said.onPage}</h2>
            <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">{doc.headings.map(({ id, text }) => <li key={id} className="min-w-0"><a className="font-bold text-go underline-offset-4 [overflow-wrap:anywhere] hover:underline" href={`#${id}`}>{text}</a></li>)}</ul>
          </nav>
        )}
      </div>
    </div>
  );
}
