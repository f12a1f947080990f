import Link from 'next/link';
import { PageHead } from '../../ui/page-head.tsx';
import { glossaryTexts as said, words } from '../../ui/texts/docs.ts';

/** The words of the platform; each has an address of its own. */
export function Glossary() {
  return (
    <>
      <PageHead title={said.title} lead={said.lead} />
      <dl className="panel divide-y divide-rule overflow-clip">
        {words.map(({ word, said: meaning, see }) => (
          <div key={word} id={word} className="grid scroll-mt-4 gap-x-6 gap-y-1 px-4 py-3.5 target:bg-sunk target:shadow-[inset_4px_0_0_var(--go)] sm:grid-cols-[10rem_minmax(0,1fr)] sm:px-5">
            <dt className="text-lg font-extrabold"><a href={`#${word}`} className="underline-offset-4 hover:underline">{word}</a></dt>
            <dd className="max-w-prose">{meaning}{see && <> <Link href={see.href} className="font-bold whitespace-nowrap text-go underline-offset-4 hover:underline">{see.name}</Link></>}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
