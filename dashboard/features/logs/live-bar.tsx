'use client';
import { logTexts as said } from '../../ui/texts/logs.ts';

interface Props {
  readonly on: boolean;
  /** A range that has ended cannot be followed. */
  readonly possible: boolean;
  readonly tail: { readonly waiting: number; readonly live: boolean; readonly gaps: number; readonly show: () => void };
  readonly onSwitch: (on: boolean) => void;
}

/** The switch for following, and what waits while one reads. */
export function LiveBar({ on, possible, tail: { waiting, live, gaps, show }, onSwitch }: Props) {
  const toTop = () => {
    show();
    window.scrollTo({ top: 0 });
  };
  return (
    <header className="sticky top-0 z-2 flex min-h-12 flex-wrap items-center justify-between gap-x-4 border-b border-rule bg-panel px-4 py-1.5 sm:px-5">
      <label className="flex items-center gap-2 font-bold"><input type="checkbox" className="size-5 accent-[var(--go-solid)]" checked={on} disabled={!possible} onChange={(event) => onSwitch(event.target.checked)} />{said.live}</label>
      <span role="status" className="flex items-center gap-3">
        {on && waiting > 0 && <button type="button" data-waiting={waiting} className="button-plain" onClick={toTop}>{said.pausedSaid} {said.paused(waiting)}</button>}
        {on && waiting === 0 && live && <span className="flex items-center gap-2 text-dim"><span className="size-2 rounded-full bg-[var(--health-healthy)] motion-safe:animate-pulse" aria-hidden="true" />{said.following}</span>}
        {on && gaps > 0 && <span data-gaps={gaps} className="font-bold text-wrong">{said.gap}</span>}
        {on && !live && <span className="font-bold text-wrong">{said.lost}</span>}
      </span>
    </header>
  );
}
