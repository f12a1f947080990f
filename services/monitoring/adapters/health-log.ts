import { randomBytes } from 'node:crypto';
import type { Log } from '../../kit/log.ts';
import { pause } from '../../kit/pause.ts';
import { untraced } from '../../kit/telemetry.ts';
import type { Seen } from '../domain/health.ts';
import type { Numbered } from './feed.ts';

/** Of this process alone: `of` says which, since another one counts for itself. */
export interface HealthLog extends Numbered<HealthChange> {
  readonly of: string;
  /** How all are now. */
  now(): readonly Seen[];
  start(): void;
  stop(): Promise<void>;
}
export interface HealthChange { readonly id: number; readonly workload: Seen }

const EVERY_MS = 1000;
/** Who comes back after more changes than this is told how all are, and that changes are missing. */
const KEPT = 500;

/** Remembers when a workload was another than before: its health, or what it said of it. @param look at all of them */
export function openHealthLog(look: () => Promise<readonly Seen[]>, log: Log, everyMs = EVERY_MS): HealthLog {
  const [stopped, kept] = [new AbortController(), new Map<string, Seen>()];
  let [changes, newest, running]: [readonly HealthChange[], number, Promise<void>] = [[], 0, Promise.resolve()];

  async function follow(): Promise<void> {
    while (!stopped.signal.aborted) {
      for (const workload of await look()) {
        const before = kept.get(workload.name);
        kept.set(workload.name, workload);
        if (before !== undefined && before.health === workload.health && before.detail === workload.detail) continue;
        changes = [...changes, { id: newest += 1, workload }].slice(-KEPT);
      }
      await pause(everyMs, stopped.signal);
    }
  }
  return {
    of: randomBytes(4).toString('hex'),
    now: () => [...kept.values()],
    bounds: () => Promise.resolve({ oldest: changes[0]?.id ?? 0, newest }),
    since: (after, upTo, limit) => Promise.resolve(changes.filter(({ id }) => id > after && id <= upTo).slice(0, limit)),
    start() { running = untraced(follow).catch((error: unknown) => log.error('the health of the workloads is not followed any more', { error })); },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
