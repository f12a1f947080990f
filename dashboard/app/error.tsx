'use client';
import { texts } from '../ui/texts.ts';

export default function Crash({ reset }: { readonly reset: () => void }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center gap-4 p-6">
      <h1 className="text-4xl">{texts.crash.title}</h1>
      <p className="text-dim">{texts.crash.detail}</p>
      <button type="button" className="button-go justify-self-start" onClick={reset}>{texts.crash.retry}</button>
    </main>
  );
}
