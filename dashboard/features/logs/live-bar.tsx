'use client';
import { LiveMark } from '../../ui/live-mark.tsx';
import { logTexts as said } from '../../ui/texts/logs.ts';

interface Props {
  readonly on: boolean;
  /** A range that has ended cannot be followed. */
  readonly possible: boolean;
  readonly tail: { readonly waiting: number; readonly live: boolean; readonly aliveAt: number; readonly gaps: number; readonly show: () => void };
  /** When the lines were searched: so old are they while nobody follows. */
  readonly foundAt: number;
  /** Nothing answers. */
  readonly lost: boolean;
  readonly onSwitch: (on: boolean) => void;
}

/** The switch for following, and what waits while one reads. */
export function LiveBar({ on, possible, tail: { waiting, live, aliveAt, gaps, show }, foundAt, lost, onSwitch }: Props) {
  const toTop = () => {
    show();
    window.scrollTo({ top: 0 });
  };
  return (
    <header className="sticky top-0 z-2 flex min-h-12 flex-wrap items-center justify-between gap-x-4 border-b border-rule bg-panel px-4 py-1.5 sm:px-5">
      <label className="flex items-center gap-2 font-bold"><input type="checkbox" className="size-5 accent-[var(--go-solid)]" checked={on} disabled={!possible} onChange={(event) => onSwitch(event.target.checked)} />{said.live}</label>
      <div className="flex flex-wrap items-center gap-x-3">
        <span role="status">{on && waiting > 0 && <button type="button" data-waiting={waiting} className="button-plain" onClick={toTop}>{said.pausedSaid} {said.paused(waiting)}</button>}</span>
        {on && gaps > 0 && <span role="status" data-gaps={gaps} className="font-bold text-wrong">{said.gap}</span>}
        {on ? <LiveMark updatedAt={Math.max(foundAt, aliveAt)} lost={!live} streamed={live} everyMs={Number.MAX_SAFE_INTEGER} />
          : lost && <LiveMark updatedAt={foundAt} lost streamed={false} everyMs={Number.MAX_SAFE_INTEGER} />}
      </div>
    </header>
  );
}
