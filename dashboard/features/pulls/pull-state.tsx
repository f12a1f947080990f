import type { Pull } from '../../api/delivery.ts';
import { pullTexts as said } from '../../ui/texts/pulls.ts';

const forms = { open: 'M10 10h.01', merged: 'M6.5 10.5l2.5 2.5 5-5.5', closed: 'M6.5 6.5l7 7M13.5 6.5l-7 7' } as const;
const colours = { open: 'text-go', merged: 'text-[var(--health-healthy)]', closed: 'text-dim' } as const;

/** Open, merged or closed: a form and a word. */
export function PullState({ state }: Pick<Pull, 'state'>) {
  return (
    <span data-state={state} className={`inline-flex items-center gap-1.5 font-bold ${colours[state]}`}>
      <svg viewBox="0 0 20 20" className="size-5 shrink-0" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round"><circle cx="10" cy="10" r="8.5" /><path d={forms[state]} strokeWidth={state === 'open' ? 6 : 2.4} /></svg>
      {said.states[state]}
    </span>
  );
}
