'use client';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { firstWords, glossaryTexts as said, words } from '../../ui/texts/docs.ts';
import { endWords, wantsWords } from './words-state.ts';

/** What a first visitor meets on the overview, in the glossary's own words. It comes with the tour, so that the overview itself loads nothing for it. */
export function FirstWords() {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => { if (wantsWords()) setPlace(document.getElementById('words-place')); }, []);
  const end = () => {
    endWords();
    setPlace(null);
    document.getElementById('content')?.focus();
  };
  return place && createPortal((
    <section aria-labelledby="words" data-words className="panel order-6 grid min-w-0 gap-3 p-5">
      <h2 id="words" className="text-xl">{said.first}</h2>
      <dl className="grid gap-2">
        {words.filter(({ word }) => firstWords.includes(word)).map(({ word, said: meaning }) => <div key={word} className="grid gap-x-5 sm:grid-cols-[8rem_minmax(0,1fr)]"><dt className="font-bold">{word}</dt><dd className="text-dim">{meaning}</dd></div>)}
      </dl>
      <p className="flex flex-wrap items-center justify-between gap-3">
        <Link href="/glossary" className="font-bold text-go underline-offset-4 hover:underline">{said.all}</Link>
        <button type="button" className="button-plain" onClick={end}>{said.away}</button>
      </p>
    </section>
  ), place);
}
