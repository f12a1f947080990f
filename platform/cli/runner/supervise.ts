import type { ChildProcess } from 'node:child_process';
import { pause } from '../../../services/kit/pause.ts';
import { endAll } from './end.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { identityOf, isAlive, type Identity } from './identity.ts';

/** Argo CD's words. */
export type Health = 'Healthy' | 'Progressing' | 'Degraded' | 'Missing';
export interface Status {
  readonly health: Health;
  /** Why it is not Healthy. */
  readonly why?: string;
  readonly identity?: Identity;
  /** How often it was started again since `up`. */
  readonly restarts: number;
}
export interface SuperviseOptions {
  readonly spawn: () => ChildProcess;
  /** One look: resolves when it is ready, else rejects with the reason. */
  readonly probe: () => Promise<void>;
  /** Its last words, for a crash report. */
  readonly lastWords: () => string;
  readonly changed: (status: Status) => void;
  readonly signal?: 'SIGTERM' | 'SIGINT';
  /** @default 40 s until a process that is not ready counts as Degraded */
  readonly readyMs?: number;
  /** @default crash n waits 250 ms · 2ⁿ, at most 15 s */
  readonly backoffMs?: (crash: number) => number;
  /** Lives in a row in which it never became ready, after which it stays down. @default 6 */
  readonly crashes?: number;
  /** A process that lived so long did not crash in a row: the next waits as the first did. @default 30 s */
  readonly calmMs?: number;
}
export interface Supervised {
  /** Starts it; resolves when it is ready, or when it is clear that it will not be. */
  start(): Promise<Status>;
  /** Looks once whether it is still ready. */
  check(): Promise<void>;
  status(): Status;
  stop(graceMs?: number): Promise<void>;
  /** Lets it go when its last connection has ended (SIGUSR2: services/kit/run.ts), for at most `patienceMs`; another release answers meanwhile. */
  drain(patienceMs?: number): Promise<void>;
}

/** Keeps one process running: waits for readiness, starts it again after a crash however often, and gives up on one that never becomes ready. */
export function supervise(options: SuperviseOptions): Supervised {
  const { readyMs = 40_000, crashes = 6, calmMs = 30_000, backoffMs = (n) => Math.min(250 * 2 ** n, 15_000) } = options;
  let status: Status = { health: 'Missing', restarts: 0 };
  let stopping: AbortController | undefined;
  let loop: Promise<void> = Promise.resolve();
  /** The present process was ready at some time. */
  let lived = false;

  const set = (next: Partial<Status> & { readonly health: Health }) => {
    const { restarts, identity } = { ...status, ...next };
    status = { health: next.health, restarts, ...(identity ? { identity } : {}), ...(next.why === undefined ? {} : { why: next.why }) };
    options.changed(status);
  };

  async function keepRunning(signal: AbortSignal, decided: () => void): Promise<void> {
    for (let inRow = 0, inVain = 0; !signal.aborted;) {
      const started = performance.now();
      const child = options.spawn();
      const ended = endOf(child);
      const identity = child.pid === undefined ? undefined : identityOf(child.pid);
      set({ health: status.health === 'Degraded' ? 'Degraded' : 'Progressing', ...(status.why === undefined ? {} : { why: status.why }), ...(identity ? { identity } : {}) });
      const over = new AbortController();
      lived = false;
      void becomeReady(AbortSignal.any([signal, over.signal]), started).then(decided);
      const how = await ended;
      over.abort();
      if (signal.aborted) return;
      inRow = performance.now() - started > calmMs ? 1 : inRow + 1;
      inVain = lived ? 0 : inVain + 1;
      const gaveUp = inVain >= crashes;
      status = { health: 'Degraded', restarts: status.restarts };
      set({ health: 'Degraded', why: `${how}${gaveUp ? `, ${inVain} times in a row: it stays down` : '; it is started again'}. Last words: ${options.lastWords() || 'none'}` });
      if (gaveUp) return decided();
      await pause(backoffMs(inRow - 1), signal);
      if (!signal.aborted) set({ health: 'Degraded', why: status.why ?? how, restarts: status.restarts + 1 });
    }
  }

  async function becomeReady(signal: AbortSignal, started: number): Promise<void> {
    for (let why = 'no answer'; !signal.aborted;) {
      try {
        await options.probe();
        if (signal.aborted) return;
        lived = true;
        set({ health: 'Healthy' });
        return;
      } catch (error) {
        why = error instanceof Error ? error.message : String(error);
      }
      if (performance.now() - started > readyMs) {
        if (!signal.aborted) set({ health: 'Degraded', why: `not ready after ${Math.round(readyMs / 1000)} s: ${why}` });
        return;
      }
      await pause(60, signal);
    }
    // A process that ended is not a decision: the next start may succeed.
    return new Promise(() => {});
  }

  return {
    status: () => status,
    start() {
      const mine = new AbortController();
      stopping = mine;
      return new Promise((resolve) => {
        const decided = () => resolve(status);
        mine.signal.addEventListener('abort', decided);
        loop = keepRunning(mine.signal, decided);
      });
    },
    async check() {
      if (!status.identity || !['Healthy', 'Degraded'].includes(status.health)) return;
      const { pid } = status.identity;
      const found = await options.probe().then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)));
      // It may have ended, or been stopped, while it was asked.
      if (stopping?.signal.aborted || status.identity?.pid !== pid) return;
      lived ||= found === undefined;
      if (found === undefined && status.health !== 'Healthy') set({ health: 'Healthy' });
      if (found !== undefined && status.health === 'Healthy') set({ health: 'Degraded', why: `not ready: ${found}` });
    },
    async drain(patienceMs = 13_000) {
      stopping?.abort();
      if (status.identity) await leave(status.identity, patienceMs);
      await loop;
      status = { health: 'Missing', restarts: status.restarts };
    },
    async stop(graceMs) {
      stopping?.abort();
      if (status.identity) await endAll([status.identity], options.signal, graceMs);
      await loop;
      status = { health: 'Missing', restarts: status.restarts };
      options.changed(status);
    },
  };
}

/** Its own process alone: what it has started ends with it, and not before. */
async function leave(identity: Identity, patienceMs: number): Promise<void> {
  if (isAlive(identity)) process.kill(identity.pid, 'SIGUSR2');
  const deadline = performance.now() + patienceMs;
  while (isAlive(identity) && performance.now() < deadline) await wait(50);
  await endAll([identity]);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`));
  });
}
