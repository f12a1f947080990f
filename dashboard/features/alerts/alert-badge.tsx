'use client';
import { badgeTexts as said } from '../../ui/texts/alert-badge.ts';
import { useAlertBadge } from './use-alert-badge.ts';

/** How many alerts fire that nobody looks after; nothing while none does. */
export function AlertBadge() {
  const firing = useAlertBadge();
  if (firing === 0) return null;
  // Relative: what is read and not seen would widen the page from within the scrolling band.
  return <span data-firing={firing} className="relative ml-1.5 inline-block min-w-5 rounded-full bg-[#ffd23f] px-1.5 text-center text-xs leading-5 font-extrabold text-[#15181b]">{firing}<span className="sr-only"> {said.fire}</span></span>;
}
