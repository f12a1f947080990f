import type { AlertRule } from './alert-rule.ts';
import { recordOf } from './otlp.ts';

/** A rule as a person asks for it. */
export type RuleWish = Pick<AlertRule, 'name' | 'workload' | 'route' | 'comparison' | 'threshold' | 'windowSeconds' | 'forSeconds' | 'keepFiringSeconds' | 'severity'> & { readonly what: 'errorShare' | 'p99' | 'requestRate' | 'absent' };

/** What passed the schema, or why it is no rule. */
export function wishOf(body: unknown): RuleWish | string {
  const { name, what, workload, route, comparison, threshold, windowSeconds, forSeconds, keepFiringSeconds, severity } = recordOf(body);
  if (what !== 'errorShare' && what !== 'p99' && what !== 'requestRate' && what !== 'absent') return 'what is errorShare, p99, requestRate or absent.';
  if (what === 'errorShare' && Number(threshold) > 1) return 'The threshold of an error share is from 0 to 1.';
  if (what === 'absent' && route !== undefined) return 'A route cannot be absent; leave it out.';
  return {
    name: String(name), what, workload: String(workload), ...(typeof route === 'string' ? { route } : {}), comparison: comparison === 'below' ? 'below' : 'above', threshold: Number(threshold),
    windowSeconds: Number(windowSeconds), forSeconds: Number(forSeconds), keepFiringSeconds: Number(keepFiringSeconds), severity: severity === 'page' ? 'page' : 'ticket',
  };
}

/** One sentence, for mails and pages. */
export function summaryOf({ what, workload, route, comparison, threshold, windowSeconds }: RuleWish): string {
  const where = route === undefined ? workload : `${workload} ${route}`;
  switch (what) {
    case 'errorShare': return `${where}: share of 5xx ${comparison} ${Number((threshold * 100).toFixed(6))}% over ${windowSeconds} s`;
    case 'p99': return `${where}: p99 ${comparison} ${threshold} s over ${windowSeconds} s`;
    case 'requestRate': return `${where}: ${comparison} ${threshold} requests per second over ${windowSeconds} s`;
    case 'absent': return `${workload} has no replica that is ready`;
  }
}
