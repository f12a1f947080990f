/** What repeated runs gave: never a single figure. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** @throws {RangeError} for no values at all */
export function figureOf(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (min === undefined || max === undefined || low === undefined || high === undefined) throw new RangeError('No run, no figure.');
  return { median: (low + high) / 2, min, max, runs: sorted.length };
}

/** Run by run: what ran side by side is compared with each other. @throws {RangeError} for no values at all */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Figure {
  return figureOf(ours.flatMap((value, index) => {
    const other = theirs[index];
    return other === undefined ? [] : [value / other];
  }));
}

/** More than this between a thing and itself, and the machine was too busy to say anything. */
const DRIFT = 0.1;
export const isSteady = (control: Figure): boolean => Math.abs(control.median - 1) <= DRIFT;
