import { bowOf, middleOf, pathThrough, type Place } from '../workloads/line-path.ts';
import type { Line, Network, Station } from '../workloads/network-layout.ts';

/** One reference as it is drawn: its path, and where its turn stands. */
export interface Track { readonly path: string; readonly middle: Place }
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly stations: ReadonlyMap<string, Place>;
  readonly tracks: ReadonlyMap<string, Track>;
  /** Where the backings of a station hang: beside a stem `aside` of it, the first `y` and each next `each` below it. */
  readonly hang: { readonly aside: number; readonly y: number; readonly each: number };
}

const wide = { along: 246, across: 120, left: 40, name: 140, named: 48, top: 40, hang: { aside: 0, y: 32, each: 20 } } as const;
const tall = { along: 66, across: 116, left: 18, name: 104, top: 20, hang: { aside: 10, y: 25, each: 20 } } as const;
/** From its stem to a backing's own stop. */
export const twig = 16;

/** Where everything of the map lies. @param upright for a narrow screen: the way runs downwards */
export function drawingOf(network: Network, upright: boolean): Drawing {
  const tops = upright ? topsOf(network) : [];
  const across = acrossOf(network);
  const at = ({ column, row }: { readonly column: number; readonly row: number }): Place => (upright
    ? { x: tall.left + row * tall.across, y: tops[column] ?? 0 }
    : { x: wide.left + column * wide.along, y: wide.top + row * across });
  const { hang, name } = upright ? tall : wide;
  const bottom = (station: Station) => at(station).y + (station.backings.length === 0 ? 24 : hang.y + station.backings.length * hang.each);
  const bends = network.lines.flatMap(({ points }) => points.map(at));
  return {
    width: Math.max(0, ...network.stations.map((station) => at(station).x + name), ...bends.map(({ x }) => x + 12)),
    height: Math.max(0, ...network.stations.map(bottom), ...bends.map(({ y }) => y + 16)),
    stations: new Map(network.stations.map((station) => [station.name, at(station)])),
    tracks: new Map(network.lines.map((line) => [line.reference, trackOf(line, at, upright)])),
    hang,
  };
}

/** From one line to the next: what hangs below a station ends above the name of the next one. */
function acrossOf({ stations }: Network): number {
  const most = Math.max(0, ...stations.map(({ backings }) => backings.length));
  return Math.max(wide.across, wide.hang.y + (most - 1) * wide.hang.each + wide.named);
}

/** A layer is as high as the most that hangs in it. */
function topsOf({ stations, columns }: Network): readonly number[] {
  const tops: number[] = [tall.top];
  for (let column = 0; column < columns; column += 1) {
    const most = Math.max(0, ...stations.filter((station) => station.column === column).map(({ backings }) => backings.length));
    tops.push((tops[column] ?? 0) + tall.along + most * tall.hang.each);
  }
  return tops;
}

function trackOf({ points }: Line, at: (point: Line['points'][number]) => Place, upright: boolean): Track {
  const places = points.map(at);
  const [from, to] = [places[0], places.at(-1)];
  const [first, last] = [points[0], points.at(-1)];
  // Back to where messages came from: around the line that leads there.
  if (from && to && first && last && last.column <= first.column) return bowOf(from, to);
  const bending = { upright, bends: 'late' } as const;
  return { path: pathThrough(places, bending), middle: middleOf(places, bending) };
}

/** From a station down its stem, and out to a backing. */
export function branchOf({ x, y }: Place, { aside, y: first, each }: Drawing['hang'], index: number): Track {
  const middle = { x: x + aside + twig, y: y + first + index * each };
  return { path: `M${x} ${y}L${x + aside} ${y + aside}V${middle.y - 9}Q${x + aside} ${middle.y} ${middle.x} ${middle.y}`, middle };
}
