import type { ReactNode } from 'react';

/** Nothing there yet: says so, and what to do next. */
export function EmptyNote({ title, next, children }: { readonly title: string; readonly next: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className="panel grid justify-items-start gap-4 p-5 sm:p-6">
      <p className="max-w-prose"><strong>{title}</strong> <span className="text-dim">{next}</span></p>
      {children}
    </div>
  );
}

/** Holds the place of what is being asked for, so that nothing jumps when it comes. */
export function LoadingNote({ text, rows = 6 }: { readonly text: string; readonly rows?: number }) {
  return (
    <div className="panel overflow-clip" aria-busy="true">
      <p className="px-5 py-3 text-dim">{text}</p>
      {Array.from({ length: rows }, (_, row) => <div key={row} className="h-14 border-t border-rule" aria-hidden="true" />)}
    </div>
  );
}
