import type { Kit } from '../../kit/kit.ts';
import { openLatest, type Latest } from '../../kit/latest.ts';
import { openPauses } from '../../kit/adapters/pauses.ts';
import { quietly } from '../../kit/adapters/quiet.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import type { Engine } from './engine-port.ts';

/** What the engine sees, asked for by many and fetched once. */
export interface Board {
  readonly engine: Engine;
  /** The environments that the engine watches. @throws Problem while it is away */
  connected(): Promise<readonly string[]>;
  /** The state of this moment; null for an environment that nobody watches. @throws Problem while the engine is away */
  read(environment: string): Promise<LiveEnvironment | null>;
  /** The state now, then at each change. */
  follow(environment: string, signal: AbortSignal): AsyncIterable<LiveEnvironment>;
  /** Begins to watch. @param changed is called with each new state */
  start(changed: (live: LiveEnvironment) => void): void;
  stop(): Promise<void>;
}

/** Askers of the same moment share one answer. */
const SHARED_MS = 200;
const LOOK_MS = 5000;

export function openBoard(kit: Kit, engine: Engine): Board {
  const latest = new Map<string, Latest<LiveEnvironment>>();
  const reads = new Map<string, { readonly at: number; readonly value: Promise<LiveEnvironment | null> }>();
  const watching = new Map<string, Promise<void>>();
  const pauses = openPauses();
  const ended = new AbortController();
  let looking: Promise<void> | undefined;
  let list: { readonly at: number; readonly value: Promise<readonly string[]> } | undefined;

  const latestOf = (environment: string) => {
    const kept = latest.get(environment) ?? openLatest<LiveEnvironment>();
    latest.set(environment, kept);
    return kept;
  };
  function connected(): Promise<readonly string[]> {
    if (list !== undefined && performance.now() - list.at < LOOK_MS) return list.value;
    const value = engine.environments();
    list = { at: performance.now(), value };
    value.catch(() => { list = undefined; });
    return value;
  }
  async function watch(environment: string, changed: (live: LiveEnvironment) => void): Promise<void> {
    try {
      for await (const live of engine.watch(environment, ended.signal)) {
        reads.delete(environment);
        latestOf(environment).set(live);
        changed(live);
      }
    } catch (error) {
      kit.log.warn('an environment is not watched any more', { forEnvironment: environment, error: String(error) });
    } finally {
      watching.delete(environment);
    }
  }

  return {
    engine, connected,
    read(environment) {
      const kept = reads.get(environment);
      if (kept !== undefined && performance.now() - kept.at < SHARED_MS) return kept.value;
      // One that it does not watch is not asked for: its refusal would make a failed hop of every look at the fleet.
      const value = connected().then((known) => (known.includes(environment) ? engine.read(environment) : null));
      reads.set(environment, { at: performance.now(), value });
      value.catch(() => { reads.delete(environment); });
      return value;
    },
    follow: (environment, signal) => latestOf(environment).follow(signal),
    start(changed) {
      looking = quietly(async () => {
        while (!pauses.ended) {
          pauses.begin();
          // New environments appear when somebody adds one.
          for (const environment of await connected().catch((): readonly string[] => [])) {
            if (!watching.has(environment)) watching.set(environment, watch(environment, changed));
          }
          await pauses.rest(LOOK_MS);
        }
      });
    },
    async stop() {
      pauses.end();
      ended.abort();
      await looking;
      await Promise.all(watching.values());
      await engine.stop();
    },
  };
}
