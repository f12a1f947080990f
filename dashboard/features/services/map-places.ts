import { bowOf, type Place } from '../workloads/line-path.ts';
import type { Network } from '../workloads/network-layout.ts';

export interface Places { readonly at: (at: { readonly column: number; readonly row: number }) => Place; readonly stations: ReadonlyMap<string, Place> }

const step = { along: 250, across: 150 } as const;
/** Under a station: its name, then its backings, one line each. */
export const below = { name: 32, backing: 52, each: 18 } as const;

/** Where everything of the map lies, in units of its drawing. */
export function mapOf({ stations, lines, columns }: Network): { readonly places: Places; readonly width: number; readonly height: number } {
  const at: Places['at'] = ({ column, row }) => ({ x: column * step.along + 90, y: row * step.across + 46 });
  const lowest = Math.max(0, ...stations.map((station) => at(station).y + below.backing + station.backings.length * below.each), ...lines.flatMap(({ points }) => points.map((point) => at(point).y + 16)));
  return { places: { at, stations: new Map(stations.map((station) => [station.name, at(station)])) }, width: (columns - 1) * step.along + 200, height: lowest };
}

/** Where the figures of a line stand: over its last straight part, or over the bend in its middle. */
export function labelOf(points: readonly Place[], curved: boolean): Place {
  const [from, to] = [points[0], points.at(-1)];
  if (!from || !to) return { x: 0, y: 0 };
  if (curved) {
    const { x, y } = bowOf(from, to).middle;
    return { x, y: y - 8 };
  }
  const bend = points.length > 2 ? points[Math.floor((points.length - 1) / 2)] : undefined;
  return bend ? { x: bend.x, y: bend.y - 9 } : { x: to.x - 62, y: to.y - 10 };
}
