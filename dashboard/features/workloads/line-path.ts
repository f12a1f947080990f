export interface Place { readonly x: number; readonly y: number }
export interface Bending {
  /** Lines run downwards, not to the right. */
  readonly upright: boolean;
  /** `late`: just before the next stop, so that what hangs below a stop stays free; `middle`: between what hangs below both. @default 'early' */
  readonly bends?: 'early' | 'middle' | 'late';
}

/** A little straight, then 45 degrees where there is room, then straight: as line maps bend. */
export function pathThrough(points: readonly Place[], bending: Bending): string {
  return points.map((to, index) => {
    const from = points[index - 1];
    if (!from) return `M${to.x} ${to.y}`;
    const { before, slope } = bendOf(from, to, bending);
    return bending.upright
      ? `V${from.y + before}L${to.x} ${from.y + before + slope}V${to.y}`
      : `H${from.x + before}L${from.x + before + slope} ${to.y}H${to.x}`;
  }).join('');
}

/** The middle of the last slope of a way; of a straight one, its middle. */
export function middleOf(points: readonly Place[], bending: Bending): Place {
  const last = points.length - points.toReversed().findIndex((to, index, all) => slopes(all[index + 1], to, bending)) - 1;
  const [from, to] = last < points.length && last > 0 ? [points[last - 1], points[last]] : [points[0], points.at(-1)];
  if (!from || !to) return { x: 0, y: 0 };
  const { before, slope } = bendOf(from, to, bending);
  if (!slopes(from, to, bending)) return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return bending.upright ? { x: (from.x + to.x) / 2, y: from.y + before + slope / 2 } : { x: from.x + before + slope / 2, y: (from.y + to.y) / 2 };
}

/** Around what lies between: a bow, the more the farther. */
export function bowOf(from: Place, to: Place): { readonly path: string; readonly middle: Place } {
  const bend = { x: (from.x + to.x) / 2 - (to.y - from.y) * 0.28, y: (from.y + to.y) / 2 + (to.x - from.x) * 0.28 };
  return { path: `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`, middle: { x: (from.x + 2 * bend.x + to.x) / 4, y: (from.y + 2 * bend.y + to.y) / 4 } };
}

function slopes(from: Place | undefined, to: Place, { upright }: Bending): boolean {
  return from !== undefined && (upright ? from.x !== to.x : from.y !== to.y);
}

/** How far it runs straight, and then how far along it slopes. */
function bendOf(from: Place, to: Place, { upright, bends = 'early' }: Bending): { readonly before: number; readonly slope: number } {
  const across = upright ? to.x - from.x : to.y - from.y;
  const along = upright ? to.y - from.y : to.x - from.x;
  const late = bends === 'late';
  const slope = Math.min(Math.abs(across), along * 0.75, late && upright ? 40 : Number.POSITIVE_INFINITY);
  // A little after it: names before are longer than those that are reached.
  if (bends === 'middle') return { slope, before: Math.min(along - slope, (along - slope) / 2 + 8) };
  return { slope, before: late ? Math.max(0, along - slope - 24) : Math.min(upright ? 40 : 26, along - slope) };
}
