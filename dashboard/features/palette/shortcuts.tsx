'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { findTexts } from '../../ui/texts/shared.ts';

type Open = 'palette' | 'list';
const Palette = lazy(() => import('./palette.tsx').then(({ Palette: palette }) => ({ default: palette })));
const ShortcutList = lazy(() => import('./shortcut-list.tsx').then(({ ShortcutList: list }) => ({ default: list })));

/** Listens for the keys; what they open is loaded when it is first asked for. */
export function Shortcuts() {
  const [open, setOpen] = useState<Open>();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        setOpen((now) => (now === 'palette' ? undefined : 'palette'));
      } else if (event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event.target) && !document.querySelector('dialog[open]')) setOpen('list');
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  const close = () => setOpen(undefined);
  return (
    <>
      <button type="button" title={`${findTexts.open} (Ctrl K)`} onClick={() => setOpen('palette')} className="grid h-8 w-7 place-items-center rounded text-sign-dim hover:text-sign-ink sm:size-9">
        <svg viewBox="0 0 16 16" className="size-4" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round"><circle cx="7" cy="7" r="4.6" /><path d="M10.5 10.5L14 14" /></svg>
        <span className="sr-only">{findTexts.open}</span>
      </button>
      {open && createPortal(<Suspense>
        {open === 'palette' && <Palette onClose={close} onShortcuts={() => setOpen('list')} />}
        {open === 'list' && <ShortcutList onClose={close} />}
      </Suspense>, document.body)}
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
