'use client';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { glossaryTexts } from '../../ui/texts/docs.ts';
import { tourTexts as said } from '../../ui/texts/palette.ts';
import { sentAs } from '../composer/sent.ts';
import { useBreakAndHeal } from './break-and-heal.ts';
import { FirstWords } from './first-words.tsx';
import { doneAt, endTour, keepStep, stepNames, tourStep } from './tour-state.ts';

/** A note beside the real pages: it goes on when the reader has done the thing, and covers nothing that moves. */
export function Tour({ onEnd }: { readonly onEnd: () => void }) {
  const [step, setStep] = useState(() => tourStep() ?? 0);
  const path = usePathname();
  const name = stepNames[step] ?? 'end';
  const healing = useBreakAndHeal(name, path);
  const inAddress = doneAt(path, useSearchParams());
  const done = healing.done ? step + 1 : inAddress;
  useEffect(() => {
    // Steps are done in their order: a page that is visited early skips none.
    if (done !== step + 1 || (name === 'send' && !sentAs(path.split('/').at(-1) ?? ''))) return;
    setStep(done);
    keepStep(done);
  }, [done, step, path, name]);
  const pass = () => {
    const last = stepNames.length - 1;
    setStep(last);
    keepStep(last);
  };
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
  }, [step, healing.said]);
  const last = name === 'end';
  const end = () => {
    endTour();
    onEnd();
    document.getElementById('content')?.focus();
  };
  return (
    <aside ref={note} aria-label={said.label} data-tour={name} className="on-sign fixed right-3 bottom-3 left-3 z-20 grid gap-2 rounded-md border border-white/25 bg-sign p-4 text-sign-ink shadow-xl sm:right-auto sm:w-88">
      <p className="flex items-center justify-between gap-3 text-sm text-sign-dim">{said.step(step + 1, stepNames.length)}
        <svg viewBox="0 0 80 8" className="h-2 w-20" aria-hidden="true"><path d="M4 4h72" stroke="currentColor" strokeWidth="2" />{stepNames.map((each, index) => <circle key={each} cx={4 + (index * 72) / (stepNames.length - 1)} cy="4" r="3.5" fill={index <= step ? '#7cb3ff' : '#15181b'} stroke="#a9b0b4" strokeWidth="1" />)}</svg>
      </p>
      {path === '/' && <FirstWords />}
      {/* One height for all that is said: it may change without a click, and nothing jumps. */}
      <div role="status" className="min-h-28"><h2 className="text-lg">{said.steps[name].title}</h2><p className="mt-1 text-sm">{healing.said ?? said.steps[name].said}</p></div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1 text-sm font-bold">
        {name === 'send' && path !== '/' && <Link href="/" className="underline underline-offset-4">{said.go}</Link>}
        {/* Last: it comes and goes without a click, and what stands before it stays where it is. */}
        {healing.go && path !== healing.go.split('?')[0] && <Link href={healing.go} className="order-last underline underline-offset-4">{said.go}</Link>}
        {healing.stuck && <button type="button" onClick={pass} className="order-last min-h-8 underline underline-offset-4">{said.pass}</button>}
        {last && <Link href="/glossary" className="underline underline-offset-4">{glossaryTexts.title}</Link>}
        <button type="button" onClick={end} className="min-h-8 underline decoration-white/40 underline-offset-4 hover:decoration-white">{last ? said.end : said.dismiss}</button>
      </p>
    </aside>
  );
}
