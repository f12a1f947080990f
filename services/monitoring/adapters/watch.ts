import type { Kit } from '../../kit/kit.ts';
import { pause } from '../../kit/pause.ts';
import { Problem } from '../../kit/problem.ts';
import { healthPaths } from '../../kit/standard.ts';
import { untraced } from '../../kit/telemetry.ts';
import { fieldOf } from '../../kit/thrown.ts';
import { seenOf, unseen, type Look, type Seen } from '../domain/health.ts';
import type { Target } from '../domain/targets.ts';

/** Looks at every workload again and again and remembers the last look. */
export interface Watch {
  start(): void;
  stop(): Promise<void>;
  /** In the order of the targets. */
  seen(): readonly Seen[];
}
const EVERY_MS = 2000;
const PATIENCE_MS = 1500;

export function openWatch(kit: Pick<Kit, 'call'>, targets: readonly Target[], everyMs = EVERY_MS, patienceMs = PATIENCE_MS): Watch {
  const seen = new Map(targets.map(({ name }) => [name, unseen(name)]));
  const stopped = new AbortController();
  let running: Promise<unknown> = Promise.resolve();

  /** Each target has its own round, so that a silent one does not make the others old. */
  async function follow(target: Target): Promise<void> {
    while (!stopped.signal.aborted) {
      const began = performance.now();
      const look = await lookAt(kit, target, patienceMs, stopped.signal);
      if (stopped.signal.aborted) return;
      const took = performance.now() - began;
      seen.set(target.name, seenOf(target.name, look, Date.now(), Math.round(took * 10) / 10));
      await pause(Math.max(0, everyMs - took), stopped.signal);
    }
  }
  return {
    start() { running = untraced(() => Promise.all(targets.map(follow))); },
    async stop() {
      stopped.abort();
      await running;
    },
    seen: () => [...seen.values()],
  };
}

async function lookAt({ call }: Pick<Kit, 'call'>, { name, url }: Target, timeoutMs: number, signal: AbortSignal): Promise<Look> {
  try {
    await call({ service: name, url, reference: 'monitoring.WORKLOADS' }, { method: 'GET', path: healthPaths.ready, timeoutMs, signal, maxBytes: 65_536 });
    return { kind: 'ready' };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'upstream_timeout') return { kind: 'silent', detail: error.detail };
    return isNobody(error.cause) ? { kind: 'nobody', detail: error.detail } : { kind: 'notReady', detail: error.detail };
  }
}

const NOBODY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
function isNobody(cause: unknown): boolean {
  return NOBODY.has(fieldOf(cause, 'code') ?? '');
}
