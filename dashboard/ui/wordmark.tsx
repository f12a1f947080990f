import { texts } from './texts.ts';

/** Two stations, one line, the name. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2 text-base sm:gap-3 sm:text-lg leading-none font-extrabold tracking-tight whitespace-nowrap">
      <svg viewBox="0 0 40 20" className="h-4 w-8 sm:h-5 sm:w-10 shrink-0" aria-hidden="true">
        <path d="M5 15h9l12-10h9" fill="none" stroke="#7cb3ff" strokeWidth="4" strokeLinejoin="round" />
        <circle cx="5" cy="15" r="3.5" fill="#15181b" stroke="#f6f6f2" strokeWidth="2.5" />
        <circle cx="35" cy="5" r="3.5" fill="#15181b" stroke="#f6f6f2" strokeWidth="2.5" />
      </svg>
      <span>{texts.product}</span>
    </span>
  );
}
