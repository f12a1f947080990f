'use client';
import './globals.css';
import Crash from './error.tsx';

export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return <html lang="en"><body><Crash reset={reset} /></body></html>;
}
