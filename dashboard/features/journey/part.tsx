import type { ReactNode } from 'react';

/** A titled piece of what a hop opens. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section className="min-w-0"><h3 className="mb-1.5 text-sm font-extrabold tracking-normal [overflow-wrap:anywhere]">{title}</h3>{children}</section>;
}
