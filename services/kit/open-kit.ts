import { openClient } from './client.ts';
import type { Contract } from './contract.ts';
import { openDrops } from './drops.ts';
import type { ParsedEnv } from './env.ts';
import { openTelemetry } from './exporter.ts';
import { openFaults } from './faults/faults.ts';
import { leak } from './faults/leak.ts';
import { openTokens, type Tokens } from './identity.ts';
import type { Kit, Limits } from './kit.ts';
import { openLog, type Level, type LogOptions } from './log.ts';
import { measureWith } from './measured.ts';
import { openMeasures } from './measures.ts';
import { openMetrics } from './metrics.ts';
import type { Exporters } from './otlp.ts';
import { drainSeconds } from './standard.ts';
import { openStreams } from './streams.ts';

/** What a test may put in the place of the real thing. */
export interface Overrides {
  readonly exporters?: Exporters;
  readonly destination?: LogOptions['destination'];
  readonly tokens?: Tokens;
  readonly call?: Kit['call'];
  readonly limits?: Partial<Limits>;
}
export interface OpenKit<C extends Contract> {
  readonly kit: Kit<C>;
  /** Ends the connections to other services; telemetry is closed by `start().stop()`. */
  close(): Promise<void>;
}

export function openKit<C extends Contract>(contract: C, { env, standard }: ParsedEnv<C>, over: Overrides = {}): OpenKit<C> {
  const metrics = openMetrics(contract.name);
  const drops = openDrops(metrics, () => log);
  const telemetry = openTelemetry(contract.name, standard.revision, standard, drops, over.exporters, traceShareOf(env));
  const log = openLog({
    service: contract.name, level: levelOf(env), tap: telemetry.tap,
    ...(over.destination ? { destination: over.destination } : {}),
  });
  const measures = openMeasures(metrics);
  measureWith(telemetry.tracer, measures);
  const client = openClient(standard.workloadKey);
  const call = over.call ?? client.call;
  const tokens = over.tokens ?? openTokens({ call, keysUrl: standard.keysUrl, audience: standard.installation });
  const limits: Limits = {
    requestMs: 15_000, arrivalMs: 15_000, drainSeconds: standard.host === '127.0.0.1' ? 0 : drainSeconds, checkAnswers: false,
    streams: 100, heartbeatMs: 10_000, stalledMs: 30_000, ...over.limits,
  };
  const streams = openStreams(metrics, limits.streams);
  const faults = openFaults(standard.faults === true);
  if (faults.allowed) leak(faults);
  return { kit: { contract, env, standard, log, telemetry, metrics, measures, call, tokens, limits, streams, faults }, close: () => client.close() };
}

function levelOf(env: object): Level {
  const level: unknown = 'LOG_LEVEL' in env ? env.LOG_LEVEL : undefined;
  return level === 'debug' || level === 'warn' ? level : 'info';
}

/** Has a contract no TRACE_SHARE, no request begins there. */
const traceShareOf = (env: object): number => ('TRACE_SHARE' in env && typeof env.TRACE_SHARE === 'number' ? env.TRACE_SHARE : 1);
