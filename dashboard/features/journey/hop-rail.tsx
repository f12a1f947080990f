import { factOf } from './hop-fact.ts';
import type { HopRow } from './hop-tree.ts';

/** Lanes beyond this one are drawn on it: a map that is all rail says nothing. */
const deepest = 12;
/** Middle of a lane, from the rail's left edge, less half a track. */
const middle = '0.4375rem';

/** The piece of the line map beside one hop: the lines that pass, the branch that arrives, the stop. A line has its caller's colour, a branch its own. */
export function HopRail({ row: { hop, depth, passing, parent, goesOn, hasChildren }, failed }: { readonly row: HopRow; readonly failed: boolean }) {
  const lane = Math.min(depth, deepest);
  const { kind } = factOf(hop);
  return (
    <span className="relative row-span-3 block self-stretch lg:row-span-2" style={{ width: `calc(var(--lane) * ${lane} + 1.125rem)` }} aria-hidden="true">
      {passing.slice(0, deepest - 1).map((above, index) => above && <Track key={index} lane={index} line={factOf(above).kind} className="inset-y-0" />)}
      {parent && <Track lane={lane - 1} line={factOf(parent).kind} className={goesOn ? 'inset-y-0' : 'top-0 h-[0.5625rem]'} />}
      {parent && (
        <span className={`absolute top-2 h-[0.9375rem] rounded-bl-[0.75rem] border-b-4 border-l-4 border-line ${kind === 'message' ? 'border-dashed' : ''}`}
          style={{ left: `calc(var(--lane) * ${lane - 1} + ${middle})`, width: 'var(--lane)' }} />
      )}
      {hasChildren && <Track lane={lane} line={kind} className="top-6 bottom-0" />}
      <span className={`absolute top-[0.8125rem] grid size-[1.125rem] place-items-center rounded-full border-4 bg-panel ${failed ? 'border-wrong' : 'border-line'} ${hop.open ? 'border-dotted motion-safe:animate-pulse' : ''}`}
        style={{ left: `calc(var(--lane) * ${lane})` }}>
        {failed && <span className="size-1.5 rounded-full bg-wrong" />}
      </span>
    </span>
  );
}

function Track({ lane, line, className }: { readonly lane: number; readonly line: string; readonly className: string }) {
  return <span data-line={line} className={`absolute w-1 bg-line ${className}`} style={{ left: `calc(var(--lane) * ${lane} + ${middle})` }} />;
}
