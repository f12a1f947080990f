export type Percent = `${number}%`;
export type Millis = `${number}ms`;

/** What users of a workload may expect over 30 days; burn-rate alerts are derived from it. */
export type Objective =
  | { readonly kind: 'availability'; readonly target: Percent }
  | { readonly kind: 'latency'; readonly percentile: 99; readonly under: Millis };

export const available = (target: Percent): Objective => ({ kind: 'availability', target });
export const p99 = (under: Millis): Objective => ({ kind: 'latency', percentile: 99, under });
