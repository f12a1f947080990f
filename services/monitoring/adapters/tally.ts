import { Counter, type Registry } from 'prom-client';
import type { Reason } from '../domain/timely.ts';

export type Signal = 'traces' | 'logs' | 'metrics';
export interface Refusal { readonly signal: Signal; readonly reason: Reason; readonly records: number }
/** What was kept and what was not: nothing is left out in silence. Of this process since its start; `/metrics` has the same. */
export interface Tally {
  kept(signal: Signal, records: number): void;
  refused(signal: Signal, reason: Reason, records: number): void;
  /** @param values credentials in what was sent, of which a mask is kept */
  masked(signal: Signal, values: number): void;
  readonly since: number;
  told(): { readonly kept: readonly { readonly signal: Signal; readonly records: number }[]; readonly refused: readonly Refusal[]; readonly masked: readonly { readonly signal: Signal; readonly values: number }[] };
}

export function openTally(registry: Registry): Tally {
  const keptTotal = new Counter({ name: 'telemetry_kept_records_total', help: 'Records that were taken and committed.', labelNames: ['signal'], registers: [registry] });
  const refusedTotal = new Counter({
    name: 'telemetry_refused_records_total', help: 'Records that were not kept, by reason; of `full` and `unavailable` the sender was told to come again.',
    labelNames: ['signal', 'reason'], registers: [registry],
  });
  const maskedTotal = new Counter({ name: 'telemetry_masked_values_total', help: 'Credentials in what was sent, of which a mask was kept.', labelNames: ['signal'], registers: [registry] });
  const masked = new Map<Signal, number>([['traces', 0], ['logs', 0], ['metrics', 0]]);
  const kept = new Map<Signal, number>([['traces', 0], ['logs', 0], ['metrics', 0]]);
  const refused = new Map<string, Refusal>();
  return {
    since: Date.now(),
    kept(signal, records) {
      kept.set(signal, (kept.get(signal) ?? 0) + records);
      keptTotal.inc({ signal }, records);
    },
    refused(signal, reason, records) {
      if (records === 0) return;
      const key = `${signal} ${reason}`;
      refused.set(key, { signal, reason, records: (refused.get(key)?.records ?? 0) + records });
      refusedTotal.inc({ signal, reason }, records);
    },
    masked(signal, values) {
      if (values === 0) return;
      masked.set(signal, (masked.get(signal) ?? 0) + values);
      maskedTotal.inc({ signal }, values);
    },
    told: () => ({ kept: [...kept].map(([signal, records]) => ({ signal, records })), refused: [...refused.values()], masked: [...masked].map(([signal, values]) => ({ signal, values })) }),
  };
}
