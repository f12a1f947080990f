import type { Level } from './log-query.ts';
import { levels } from './log-query.ts';
import type { LogLine } from './span.ts';

/** How many lines of a service fell into a window of time; `at` is its begin, both in seconds. */
export type LogCount = { readonly width: Width; readonly at: number; readonly service: string } & { readonly [L in Level]: number };
export type Width = 10 | 60 | 3600;
const WIDTHS: readonly Width[] = [10, 60, 3600];
/** So long counts of ten seconds are kept; older lines do not get any. */
export const FINE_S = 86_400;
const NONE: { readonly [L in Level]: number } = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0 };

export function countsOf(lines: readonly Pick<LogLine, 'atNs' | 'service' | 'level'>[], nowMs: number): readonly LogCount[] {
  const oldest = nowMs / 1000 - FINE_S;
  const counts = new Map<string, { width: Width; at: number; service: string } & { [L in Level]: number }>();
  for (const { atNs, service, level } of lines) {
    const known = levels.find((one) => one === level) ?? 'info';
    // Text, not BigInt: this runs for every line that comes in.
    const seconds = Number(atNs.slice(0, -9));
    for (const width of WIDTHS) {
      if (width === 10 && seconds < oldest) continue;
      const at = Math.floor(seconds / width) * width;
      const key = `${width} ${at} ${service}`;
      let count = counts.get(key);
      if (!count) counts.set(key, count = { width, at, service, ...NONE });
      count[known] += 1;
    }
  }
  return [...counts.values()];
}
