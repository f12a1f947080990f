import type { Database } from '../../kit/adapters/postgres.ts';
import type { Endpoint } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { pause } from '../../kit/pause.ts';
import { untraced } from '../../kit/telemetry.ts';
import type { AlertRule } from '../domain/alert-rule.ts';
import type { Seen } from '../domain/health.ts';
import { modelRules } from '../domain/model-rules.ts';
import { openAlertFigures } from './alert-figures.ts';
import { forgetHistory } from './alert-history.ts';
import { sendOne } from './alert-messages.ts';
import { evaluate } from './evaluator.ts';
import type { Metrics } from './metrics-port.ts';
import { openPromises } from './promises.ts';
import { readRules } from './rules-table.ts';

export interface AlertingParts {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly health: () => readonly Seen[];
  readonly watched: readonly string[];
  readonly synthFolder: string;
  readonly notification: Endpoint;
  /** Injected by tests. */
  /** Before a path to a page. @default none: links are paths */
  readonly pages?: string;
  readonly now?: () => number;
  readonly everyMs?: number;
}
export type Alerting = ReturnType<typeof openAlerting>;
const EVERY_MS = 2000;
const HOUR_MS = 3_600_000;

/** Looks at every rule again and again, and sends what has to be told. */
export function openAlerting(kit: Kit, { database, metrics, health, watched, synthFolder, notification, pages = '', now = Date.now, everyMs = EVERY_MS }: AlertingParts) {
  const promises = openPromises(synthFolder, kit.standard.environment, kit.log);
  const figures = openAlertFigures(metrics, health);
  const ofModel = async (at: number): Promise<readonly AlertRule[]> => modelRules(await promises(at), watched);
  const rules = async (at: number): Promise<readonly AlertRule[]> => [...await ofModel(at), ...(await readRules(database)).map(({ rule }) => rule)];
  const means = { database, log: kit.log, environment: kit.standard.environment, externalUrl: pages, rules, figures };
  const stopped = new AbortController();
  let [evaluatedAt, forgotAt, away] = [0, 0, false];

  async function round(): Promise<void> {
    const at = now();
    await evaluate(means, at);
    evaluatedAt = at;
    if (at - forgotAt > HOUR_MS) {
      await forgetHistory(database, at);
      forgotAt = at;
    }
  }
  async function send(): Promise<void> {
    while (!stopped.signal.aborted && await sendOne(database, kit, notification, now));
  }
  /** Sending has a loop of its own: a notification that is slow must not hold back who looks. */
  async function loop(work: () => Promise<void>): Promise<void> {
    while (!stopped.signal.aborted) {
      const began = performance.now();
      try {
        await work();
        if (away) kit.log.info('alerts are looked at again');
        away = false;
      } catch (error) {
        if (!away) kit.log.warn('alerts cannot be looked at', { error });
        away = true;
      }
      await pause(Math.max(0, everyMs - (performance.now() - began)), stopped.signal);
    }
  }
  let running: Promise<unknown> = Promise.resolve();
  return {
    rules, ofModel, figures, environment: kit.standard.environment, now,
    /** Unix time in milliseconds of this replica's last look; 0 before the first. */
    get evaluatedAt() { return evaluatedAt; },
    round, send,
    start() { running = untraced(() => Promise.all([loop(round), loop(send)])); },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
