import type { FactKind } from './hop-fact.ts';
import type { HopRow } from './hop-tree.ts';

/** Lanes beyond this one are drawn on it: a map that is all rail says nothing. */
const deepest = 12;

/** The piece of the line map beside one hop: the lines that pass, the branch that arrives, the stop. */
export function HopRail({ row: { depth, passing, goesOn, hasChildren }, kind, failed }: { readonly row: HopRow; readonly kind: FactKind; readonly failed: boolean }) {
  const lane = Math.min(depth, deepest);
  const dash = kind === 'message';
  return (
    <span className="relative block self-stretch" style={{ width: `calc(var(--lane) * ${lane + 1})` }} aria-hidden="true">
      {passing.slice(1, deepest).map((runs, index) => runs && <Track key={index} lane={index} className="top-0 bottom-0" />)}
      {depth > 0 && goesOn && <Track lane={lane - 1} className="top-0 bottom-0" />}
      {depth > 0 && (
        <span className={`absolute top-0 h-6 border-b-[3px] border-l-[3px] border-line ${dash ? 'border-dashed' : ''} rounded-bl-xl`}
          style={{ left: `calc(var(--lane) * ${lane - 1} + 0.5625rem)`, width: 'var(--lane)' }} />
      )}
      {hasChildren && <Track lane={lane} className="top-6 bottom-0" />}
      <span className={`absolute top-4 grid size-[0.9375rem] place-items-center rounded-full border-[3px] bg-panel ${failed ? 'border-wrong' : 'border-line'}`}
        style={{ left: `calc(var(--lane) * ${lane} + 0.1875rem)` }}>
        {failed && <span className="size-1.5 rounded-full bg-wrong" />}
      </span>
    </span>
  );
}

function Track({ lane, className }: { readonly lane: number; readonly className: string }) {
  return <span className={`absolute w-[3px] bg-dim/45 ${className}`} style={{ left: `calc(var(--lane) * ${lane} + 0.5625rem)` }} />;
}
