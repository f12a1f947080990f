'use client';
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { modalTexts as said } from './texts/shared.ts';

interface Props { readonly title: string; readonly lead?: ReactNode; readonly wide?: boolean; readonly onClose: () => void; readonly children: ReactNode }

/**
 * The browser's own dialog: it keeps the focus inside, closes with Escape, and what lies behind it is inert. The focus goes back to
 * where it came from, and to the page's content when that is gone.
 */
export function Modal({ title, lead, wide = false, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const box = dialog.current;
    const before = document.activeElement;
    if (box && !box.open) box.showModal();
    // Into the form; where something has to be read first, to the beginning.
    (wide ? box : box?.querySelector<HTMLElement>('select, input'))?.focus();
    return () => {
      box?.close();
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else document.getElementById('content')?.focus();
    };
  }, [wide]);
  useEffect(() => {
    document.documentElement.classList.add('overflow-hidden');
    return () => document.documentElement.classList.remove('overflow-hidden');
  }, []);
  return (
    <dialog ref={dialog} tabIndex={-1} aria-labelledby={heading} onCancel={(event) => { event.preventDefault(); onClose(); }}
      className={`m-auto max-h-[100dvh] w-full max-w-none overflow-y-auto overscroll-contain rounded-md bg-panel p-0 text-ink outline-none backdrop:bg-black/55 sm:max-h-[calc(100dvh-3rem)] ${wide ? 'sm:w-[min(62rem,calc(100vw-3rem))]' : 'sm:w-[32rem]'}`}>
      <header className="on-sign sticky top-0 z-1 flex items-start gap-4 bg-sign py-3 pr-2 pl-5 text-sign-ink dark:border-b dark:border-rule">
        <div className="min-w-0 grow">
          <h2 id={heading} className="pt-1 text-xl [overflow-wrap:anywhere]">{title}</h2>
          {lead && <p className="mt-1 text-sm text-sign-dim">{lead}</p>}
        </div>
        <button type="button" onClick={onClose} className="grid size-10 shrink-0 place-items-center rounded text-sign-dim hover:text-sign-ink">
          <svg viewBox="0 0 16 16" className="size-4" aria-hidden="true" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round"><path d="M2 2l12 12M14 2L2 14" /></svg>
          <span className="sr-only">{said.close}</span>
        </button>
      </header>
      <div className="p-5">{children}</div>
    </dialog>
  );
}
