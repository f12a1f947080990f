/** A stop; crossed when the journey failed. */
export function JourneyMark({ wrong }: { readonly wrong: boolean }) {
  return (
    <svg viewBox="0 0 20 20" className={`size-5 shrink-0 ${wrong ? 'text-wrong' : 'text-go'}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3">
      <circle cx="10" cy="10" r="8" />{wrong && <path d="M7 7l6 6M13 7l-6 6" strokeWidth="2.5" />}
    </svg>
  );
}
