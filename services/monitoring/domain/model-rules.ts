import type { AlertRule, Burn } from './alert-rule.ts';

/** What `journey.json` says that a workload promises. */
export interface PromisedWorkload {
  readonly name: string;
  readonly objectives: readonly Objective[];
}
export type Objective = { readonly kind: 'availability'; readonly target: string } | { readonly kind: 'latency'; readonly under: string };

/** The rows of platform/targets/observability/burn.ts: model-rules.test.ts compares what comes of both. */
export const burnTable = [
  { factor: 14.4, long: '1h', short: '5m', severity: 'page', uses: '2% of the budget in an hour' },
  { factor: 6, long: '6h', short: '30m', severity: 'page', uses: '5% of the budget in six hours' },
  { factor: 3, long: '1d', short: '2h', severity: 'ticket', uses: '10% of the budget in a day' },
  { factor: 1, long: '3d', short: '6h', severity: 'ticket', uses: '10% of the budget in three days' },
] as const;

/** For every objective a rule per row, and for every workload that is watched one that says it is gone. */
export function modelRules(workloads: readonly PromisedWorkload[], watched: readonly string[]): readonly AlertRule[] {
  return [...watched.map(absentRule), ...workloads.flatMap(({ name, objectives }) => objectives.flatMap((objective) => burnTable.map((row) => burnRule(name, objective, row))))];
}

function burnRule(workload: string, objective: Objective, { factor, long, short, severity, uses }: (typeof burnTable)[number]): AlertRule {
  const { kind } = objective;
  const underSeconds = kind === 'latency' ? Number.parseFloat(objective.under) / 1000 : undefined;
  const budget = kind === 'availability' ? Number(((100 - Number.parseFloat(objective.target)) / 100).toFixed(10)) : 0.01;
  const promise = kind === 'availability' ? `${objective.target} of requests succeed` : `99% of requests are answered within ${objective.under}`;
  const burn: Burn = { factor, longSeconds: secondsOf(long), shortSeconds: secondsOf(short), budget, ...(underSeconds === undefined ? {} : { underSeconds }) };
  const name = nameOf(workload, kind, `burn-${long}`);
  return {
    id: name, name, origin: 'model', what: 'burn', workload, comparison: 'above', threshold: factor * budget, windowSeconds: burn.longSeconds, forSeconds: 0, keepFiringSeconds: 0,
    severity, summary: `${workload} uses ${uses}: it promises that ${promise}`, burn,
  };
}

function absentRule(workload: string): AlertRule {
  const name = nameOf(workload, 'absent');
  return {
    id: name, name, origin: 'model', what: 'absent', workload, comparison: 'above', threshold: 0, windowSeconds: 0, forSeconds: 120, keepFiringSeconds: 0,
    severity: 'page', summary: `${workload} has no replica that is ready`,
  };
}

/** As platform/targets/observability/alert.ts names them: the same silence fits both. */
export function nameOf(...parts: readonly string[]): string {
  return parts.flatMap((part) => part.split('-')).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
export function secondsOf(text: string): number {
  const unit = text.at(-1);
  return Number.parseInt(text, 10) * (unit === 'm' || unit === 'h' || unit === 'd' ? UNITS[unit] : UNITS.s);
}
