'use client';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { glossaryTexts } from '../../ui/texts/docs.ts';
import { tourTexts as said } from '../../ui/texts/palette.ts';
import { sentAs } from '../composer/sent.ts';
import { doneAt, endTour, keepStep, stepNames, tourStep } from './tour-state.ts';

/** A note beside the real pages: it goes on when the reader has done the thing, and covers nothing that moves. */
export function Tour({ onEnd }: { readonly onEnd: () => void }) {
  const [step, setStep] = useState(() => tourStep() ?? 0);
  const path = usePathname();
  const done = doneAt(path, useSearchParams());
  useEffect(() => {
    // Steps are done in their order: a page that is visited early skips none.
    if (done !== step + 1 || (done === 1 && !sentAs(path.split('/').at(-1) ?? ''))) return;
    setStep(done);
    keepStep(done);
  }, [done, step, path]);
  const note = useRef<HTMLElement>(null);
  // What lies behind the note can be scrolled past it, and is not scrolled to behind it.
  useEffect(() => {
    const height = `${(note.current?.offsetHeight ?? 0) + 24}px`;
    document.documentElement.style.scrollPaddingBottom = height;
    document.body.style.paddingBottom = height;
    return () => {
      document.documentElement.style.scrollPaddingBottom = '';
      document.body.style.paddingBottom = '';
    };
  }, [step]);
  const name = stepNames[step] ?? 'end';
  const last = name === 'end';
  const end = () => {
    endTour();
    onEnd();
    document.getElementById('content')?.focus();
  };
  return (
    <aside ref={note} aria-label={said.label} data-tour={name} className="on-sign fixed right-3 bottom-3 left-3 z-20 grid gap-2 rounded-md border border-white/25 bg-sign p-4 text-sign-ink shadow-xl sm:left-auto sm:w-88">
      <p className="flex items-center justify-between gap-3 text-sm text-sign-dim">{said.step(step + 1, stepNames.length)}
        <svg viewBox="0 0 80 8" className="h-2 w-20" aria-hidden="true"><path d="M4 4h72" stroke="currentColor" strokeWidth="2" />{stepNames.map((each, index) => <circle key={each} cx={4 + index * 18} cy="4" r="3.5" fill={index <= step ? '#7cb3ff' : '#15181b'} stroke="#a9b0b4" strokeWidth="1" />)}</svg>
      </p>
      <div role="status"><h2 className="text-lg">{said.steps[name].title}</h2><p className="mt-1 text-sm">{said.steps[name].said}</p></div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1 text-sm font-bold">
        {name === 'send' && path !== '/' && <Link href="/" className="underline underline-offset-4">{said.go}</Link>}
        {last && <Link href="/glossary" className="underline underline-offset-4">{glossaryTexts.title}</Link>}
        <button type="button" onClick={end} className="min-h-8 underline decoration-white/40 underline-offset-4 hover:decoration-white">{last ? said.end : said.dismiss}</button>
      </p>
    </aside>
  );
}
