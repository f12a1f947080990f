import type uPlot from 'uplot';

/** As it is (1.6.32), not as its types are: only with the third, which they leave out, do the other charts follow. */
interface Shared { setCursor(place: { readonly left: number; readonly top: number }, fire: boolean, publish: boolean): void }

/** What hovering does, by keys. @returns whether the key was one of these */
export function moveCursor(plot: uPlot, key: string): boolean {
  const shared: Shared = plot;
  const [at] = plot.data;
  const last = at.length - 1;
  const here = plot.cursor.idx ?? last + 1;
  const next = { ArrowLeft: here - 1, ArrowRight: here + 1, PageDown: here - 10, PageUp: here + 10, Home: 0, End: last }[key];
  if (key === 'Escape') shared.setCursor({ left: -10, top: -10 }, true, true);
  else if (next === undefined) return false;
  else {
    const time = at[Math.min(last, Math.max(0, next))];
    if (time !== undefined) shared.setCursor({ left: plot.valToPos(time, 'x'), top: 0 }, true, true);
  }
  return true;
}
