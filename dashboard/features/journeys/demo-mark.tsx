import { journeysTexts } from '../../ui/texts/journeys.ts';

/** Sent to have something to see. */
export function DemoMark() {
  return <span data-demo className="rounded-sm border border-rule px-1 text-xs font-bold text-dim">{journeysTexts.demo}</span>;
}
