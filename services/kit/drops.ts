import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { Counter, type Registry } from 'prom-client';
import type { Log } from './log.ts';

export type Sent = 'traces' | 'logs';
/** One queue before monitoring, by what went in and out of it. */
export interface Waiting {
  /** Is there room for one more? Where there is none it is dropped, and counted. */
  takes(): boolean;
  /** So many left the queue for monitoring. */
  left(records: number): void;
  /** What became of those that left: given up at last, they are dropped too. */
  settled(records: number, taken: boolean): void;
}
/** What never reaches monitoring, so that a hole in a journey is not taken for a request that did less. */
export interface Drops {
  queue(signal: Sent, most: number): Waiting;
  /** The process ends. What does not arrive now is counted, and no warning: monitoring itself ends before its last spans could arrive. */
  end(): void;
}

/** @param log asked for only when there is something to say: the log itself needs telemetry first */
export function openDrops(registry: Registry, log: () => Log): Drops {
  const counter = new Counter({
    name: 'telemetry_dropped_records_total', help: 'Spans and log lines that monitoring did not take in time, or not at all.', labelNames: ['signal'], registers: [registry],
  });
  // Nothing dropped is a figure, too: without it, none would look like one that is not measured.
  for (const signal of ['traces', 'logs']) counter.inc({ signal }, 0);
  const queues: Readonly<Record<Sent, (() => boolean)[]>> = { traces: [], logs: [] };
  /** Of the drop that goes on. */
  const lost = new Map<Sent, number>();
  let isEnding = false;

  function drop(signal: Sent, records: number): void {
    const before = lost.get(signal);
    // Noted first: the warning is a line itself, and may be the next to be dropped.
    lost.set(signal, (before ?? 0) + records);
    counter.inc({ signal }, records);
    if (before === undefined && !isEnding) aside(() => log().warn('monitoring does not take telemetry: what comes now is dropped', { signal }));
  }

  function recover(signal: Sent): void {
    const records = lost.get(signal);
    // Half empty and not just one free place: a receiver that is merely slow would make this a line per batch.
    if (records === undefined || !queues[signal].every((isHalfEmpty) => isHalfEmpty())) return;
    lost.delete(signal);
    aside(() => log().info('monitoring takes telemetry again', { signal, dropped: records }));
  }

  return {
    queue(signal, most) {
      let waiting = 0;
      queues[signal].push(() => waiting <= most / 2);
      return {
        takes() {
          if (waiting < most) {
            waiting += 1;
            return true;
          }
          drop(signal, 1);
          return false;
        },
        left(records) { waiting -= records; },
        settled(records, taken) {
          if (taken) recover(signal);
          else drop(signal, records);
        },
      };
    },
    end() { isEnding = true; },
  };
}

/** It belongs to no request, whichever happened to end just then. */
const aside = (say: () => void): void => context.with(ROOT_CONTEXT, say);
