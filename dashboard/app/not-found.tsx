import Link from 'next/link';
import { texts } from '../ui/texts.ts';
import { Wordmark } from '../ui/wordmark.tsx';

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center gap-4 p-6">
      <span className="justify-self-start rounded bg-sign px-4 py-3 text-sign-ink"><Wordmark /></span>
      <h1 className="text-4xl">{texts.notFound.title}</h1>
      <p className="text-dim">{texts.notFound.detail}</p>
      <Link className="button-go justify-self-start" href="/">{texts.notFound.next}</Link>
    </main>
  );
}
