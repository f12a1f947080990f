import type { Answer } from '../../kit/kit.ts';
import type { Sources } from '../adapters/sources.ts';
import type { Tally } from '../adapters/tally.ts';

type Read = { readonly metrics: Sources['metrics']['source']; readonly logs: Sources['logs']['source']; readonly traces: Sources['journeys']['sources']['hops'] };

/** GET /v1/telemetry. @param sources where each signal is read: what is taken and kept here need not be what is shown */
export function telemetry(tally: Tally, retentionDays: number, sources: Read) {
  return (): Promise<Answer> => Promise.resolve({ status: 200, body: { retentionDays, since: tally.since, sources, ...tally.told() } });
}
