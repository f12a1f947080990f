import { colours, dashes } from './line-style.ts';

/** The line as it is drawn: its colour, and its dashes for who does not see colours apart. For a line that is not drawn the place is kept. */
export function LineMark({ index }: { readonly index: number }) {
  return (
    <svg viewBox="0 0 32 6" className="mr-2 inline-block h-1.5 w-6 sm:w-8 shrink-0 align-middle" aria-hidden="true">
      {colours[index] && <path d="M0 3h32" fill="none" stroke={`var(${colours[index]})`} strokeWidth="3" strokeDasharray={dashes[index]?.join(' ')} />}
    </svg>
  );
}
