/** Is what runs equal to what main says? Written as it is in arithmetic, so that colour is not needed. */
const forms = { Synced: 'M4 8h12M4 13h12', OutOfSync: 'M4 8h12M4 13h12M14 3.5L6 17.5', Unknown: 'M5 10.5h.01M10 10.5h.01M15 10.5h.01' } as const;

interface Props { readonly sync: keyof typeof forms; readonly className?: string }

export function SyncMark({ sync, className = 'size-4' }: Props) {
  return (
    <svg viewBox="0 0 20 21" className={`shrink-0 ${sync === 'OutOfSync' ? 'text-[var(--health-progressing)]' : 'text-dim'} ${className}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round">
      <path d={forms[sync]} />
    </svg>
  );
}
