import type { ReactNode } from 'react';

/** A page's name, what it is for, and what stands beside both. */
export function PageHead({ title, lead, children }: { readonly title: ReactNode; readonly lead?: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
      <div className="grid min-w-0 gap-1">
        <h1 className="text-3xl sm:text-4xl">{title}</h1>
        {lead && <p className="max-w-prose text-dim">{lead}</p>}
      </div>
      {children}
    </header>
  );
}
