import { Gauge, type Registry } from 'prom-client';
import { problem } from './problem.ts';

/** The answers of this process that have no end of their own (server-sent events), and how many there may be. */
export interface Streams {
  readonly open: number;
  /** No more are taken: the process stops. */
  readonly ended: boolean;
  /**
   * Takes one of the places.
   * @param who holds it: nobody gets more than a quarter of all; `undefined` where nobody in particular asks
   * @param end is called when the process stops
   * @returns gives the place back; twice is once
   * @throws {Problem} `unavailable` with Retry-After when there is none
   */
  take(who: string | undefined, end: () => void): () => void;
  /** Ends all that are open, and takes no more. */
  end(): void;
}

interface Place { readonly who: string | undefined; readonly end: () => void }

/** @param most at once: each costs a connection, a timer and what waits to be written (16 KiB) */
export function openStreams(registry: Registry, most: number): Streams {
  const places = new Set<Place>();
  const mostEach = Math.ceil(most / 4);
  let ended = false;
  registry.registerMetric(new Gauge({
    name: 'http_server_active_streams', help: 'Answers that are open as streams of events.', registers: [],
    collect() { this.set(places.size); },
  }));
  return {
    get open() { return places.size; },
    get ended() { return ended; },
    take(who, end) {
      if (ended) throw full('This process is stopping.');
      if (places.size >= most) throw full(`All ${most} streams of this process are taken.`);
      if (who !== undefined && heldBy(places, who) >= mostEach) throw full(`${who} has ${mostEach} streams open already.`);
      const place: Place = { who, end };
      places.add(place);
      return () => { places.delete(place); };
    },
    end() {
      ended = true;
      for (const place of places) place.end();
    },
  };
}

const full = (detail: string) => problem('unavailable', detail, { headers: { 'retry-after': '10' }, fix: 'Close another page that shows live events, or come back when Retry-After says.' });
const heldBy = (places: ReadonlySet<Place>, who: string): number => [...places].filter((place) => place.who === who).length;
