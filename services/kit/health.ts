import type { Express, Response } from 'express';
import type { Registry } from 'prom-client';
import { problem, problemBody } from './problem.ts';
import { healthPaths } from './standard.ts';
import { fieldOf } from './thrown.ts';

export type Checked = Readonly<Record<string, () => Promise<void>>>;
export interface Health {
  /** Resolves when every check passes; asked again and again. */
  passing(): Promise<void>;
  /** The listeners are open: from now on the checks alone decide. */
  open(): void;
  /** From now on not ready, whatever the checks say. */
  close(): void;
  isClosing(): boolean;
  /** Names of what is not ready, with the reason; empty when ready. */
  missing(): Promise<readonly string[]>;
}

const CHECK_MS = 1000;
/** Probes come from several sides; the checks behind them run at most this often. */
const KEPT_MS = 250;

/** Whether requests are welcome: every check passes within a second, and the service is not closing. `held`: not before `open()`. */
export function openHealth(ready: Checked, { held = false } = {}): Health {
  let closing = false;
  let waiting = held;
  let last: { readonly at: number; readonly missing: Promise<readonly string[]> } | undefined;
  return {
    async passing() {
      while ((await run(ready)).length > 0) await new Promise((resolve) => { setTimeout(resolve, 50); });
    },
    open: () => { waiting = false; },
    close: () => { closing = true; },
    isClosing: () => closing,
    missing() {
      if (closing) return Promise.resolve(['it is shutting down']);
      if (waiting) return run(ready).then((missing) => (missing.length > 0 ? missing : ['its listeners are being opened']));
      if (!last || performance.now() - last.at > KEPT_MS) last = { at: performance.now(), missing: run(ready) };
      return last.missing;
    },
  };
}

/** Served by both listeners; neither traced nor counted. */
export function mountHealth(express: Express, health: Health): void {
  express.use((_request, response, next) => {
    // Whoever keeps a connection open would hold the closing up.
    if (health.isClosing()) response.set('connection', 'close');
    next();
  });
  express.get(healthPaths.live, (_request, response) => { response.json({ status: 'alive' }); });
  express.get(healthPaths.ready, async (_request, response) => {
    const missing = await health.missing();
    if (missing.length === 0) response.json({ status: 'ready' });
    else notReady(response, missing);
  });
}

/** The metrics listener only: figures are nobody's business who can reach the routes. */
export function mountMetrics(express: Express, metrics: Registry): void {
  express.get(healthPaths.metrics, async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
}

function notReady(response: Response, missing: readonly string[]): void {
  const told = problem('unavailable', `Not ready: ${missing.join('; ')}.`);
  response.status(told.status).set(told.headers).type('application/problem+json').send(JSON.stringify(problemBody(told, '0'.repeat(32))));
}

async function run(ready: Checked): Promise<readonly string[]> {
  const found = await Promise.all(Object.entries(ready).map(async ([name, check]) => {
    let timer: NodeJS.Timeout | undefined;
    try {
      await Promise.race([check(), new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS} ms`)), CHECK_MS); })]);
      return [];
    } catch (error) {
      return [`${name}: ${fieldOf(error, 'message') ?? 'failed'}`];
    } finally {
      clearTimeout(timer);
    }
  }));
  return found.flat();
}
