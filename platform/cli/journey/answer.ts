import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { monitoring } from '../../../services/monitoring/contract.ts';
import { CliError, exit } from '../command.ts';

/** One step of a request, as the monitoring service tells it (`GET /v1/journeys/:traceId`). */
export interface Hop {
  readonly spanId: string;
  readonly parentId: string | null;
  readonly service: string;
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal' | 'producer' | 'consumer';
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly status: 'ok' | 'error';
  readonly message?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
export interface Journey {
  readonly traceId: string;
  /** One root and no orphan. Null: spans were left out, so that nobody can say. */
  readonly connected: boolean | null;
  readonly hops: readonly Hop[];
  /** How many more there are, at least. */
  readonly omitted: { readonly spans: number; readonly logs: number };
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const isJourney: ValidateFunction<Journey> = ajv.compile<Journey>(monitoring.routes.journey.answers[200]);

/** Checks what the gateway answered. @throws {CliError} when it is not a journey. */
export function journeyOf(body: unknown): Journey {
  if (isJourney(body)) return body;
  throw new CliError(exit.failure, {
    what: 'The answer is not a journey.',
    why: ajv.errorsText(isJourney.errors),
    fix: 'Run `./journey status`: do all workloads run the same release?',
  });
}
