import type { Answer } from '../../kit/kit.ts';
import type { Tally } from '../adapters/tally.ts';

/** GET /v1/telemetry. */
export function telemetry(tally: Tally, retentionDays: number) {
  return (): Promise<Answer> => Promise.resolve({ status: 200, body: { retentionDays, since: tally.since, ...tally.told() } });
}
