import { fakeJourney } from '../fake-journey.ts';
import type { Journey } from '../../api/monitoring.ts';

/** The trace id that stands for a journey of 5,000 hops. */
export const LARGE = '5'.repeat(32);

/** An hour ago, whenever it is asked for: a journey that is told otherwise each time has never arrived, and the page would ask for it each second. */
const LONG_AGO = Date.now() - 3_600_000;

/** The trace id that stands for a journey of which monitoring shows a part. */
export const CUT = '6'.repeat(32);
export const cutJourney: Journey = { ...fakeJourney(CUT, LONG_AGO), connected: null, omitted: { spans: 2000, logs: 1 } };

/** The golden journey again and again below one root: as deep and as mixed as a real one, and as large as few are. */
export function largeJourney(hops = 5000): Journey {
  const one = fakeJourney(LARGE, LONG_AGO);
  const [root] = one.hops;
  if (!root) throw new Error('The golden journey has no hops.');
  const rounds = Math.ceil((hops - 1) / one.hops.length);
  const idOf = (id: string, round: number) => `${round.toString(16).padStart(4, '0')}${id.slice(4)}`;
  const more = Array.from({ length: rounds }, (_, round) => one.hops.map((hop) => ({
    ...hop, spanId: idOf(hop.spanId, round + 1), parentId: hop.parentId === null ? root.spanId : idOf(hop.parentId, round + 1), startedAt: hop.startedAt + round * 20,
  }))).flat();
  const all = [root, ...more].slice(0, hops);
  const known = new Set(all.map(({ spanId }) => spanId));
  return { ...one, connected: true, hops: all.filter(({ parentId }) => parentId === null || known.has(parentId)), open: [], logs: [] };
}
