import type { Network } from '../workloads/network-layout.ts';

export interface Place { readonly x: number; readonly y: number }
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

/** Straight, 45 degrees, straight, as line maps bend. */
export function bent(points: readonly Place[]): string {
  return points.map(({ x, y }, index) => {
    const last = points[index - 1];
    if (!last) return `M${x} ${y}`;
    const [across, along] = [y - last.y, x - last.x];
    const slope = Math.min(Math.abs(across), along * 0.6);
    const before = Math.min(26, along - slope);
    return `H${last.x + before}L${last.x + before + slope} ${y}H${x}`;
  }).join('');
}

/** Around what lies between: a bow, the more the farther. */
export function bowed(points: readonly Place[]): string {
  const [from, to] = [points[0], points.at(-1)];
  if (!from || !to) return '';
  const middle = bow(from, to);
  return `M${from.x} ${from.y}Q${middle.x} ${middle.y} ${to.x} ${to.y}`;
}

/** Where the figures of a line stand: over its last straight part, or over the bend in its middle. */
export function labelOf(points: readonly Place[], curved: boolean): Place {
  const [from, to] = [points[0], points.at(-1)];
  if (!from || !to) return { x: 0, y: 0 };
  if (curved) {
    const middle = bow(from, to);
    return { x: (from.x + 2 * middle.x + to.x) / 4, y: (from.y + 2 * middle.y + to.y) / 4 - 8 };
  }
  const bend = points.length > 2 ? points[Math.floor((points.length - 1) / 2)] : undefined;
  return bend ? { x: bend.x, y: bend.y - 9 } : { x: to.x - 62, y: to.y - 10 };
}

function bow(from: Place, to: Place): Place {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return { x: (from.x + to.x) / 2 - y * 0.28, y: (from.y + to.y) / 2 + x * 0.28 };
}
