/** Argo CD's words. Each state has a form of its own, so that colour is never the only sign. */
const forms = {
  Healthy: 'M7 12.5l3.5 3.5L17 9',
  Progressing: 'M7 12h.01M12 12h.01M17 12h.01',
  Degraded: 'M12 6.5v7M12 17.5v.01',
  Suspended: 'M9.5 8.5v7M14.5 8.5v7',
  Missing: 'M8 8l8 8M16 8l-8 8',
  Unknown: 'M8 12h8',
} as const;

interface Props { readonly health: keyof typeof forms; readonly className?: string }

/** Takes its colour from the `data-health` around it. */
export function HealthMark({ health, className = 'size-8' }: Props) {
  return (
    <svg viewBox="0 0 24 24" className={`relative shrink-0 text-line ${className}`} aria-hidden="true" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="12" cy="12" r="11.5" className="fill-panel" />
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <path d={forms[health]} fill="none" stroke="currentColor" strokeWidth="2.5" />
    </svg>
  );
}
