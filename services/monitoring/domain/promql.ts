import { indicatorOf, type AlertRule } from './alert-rule.ts';

/** One entry of `rules` in a PrometheusRule. */
export interface PrometheusAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
const METRIC = 'http_server_request_duration_seconds';

/** What the embedded evaluator does, in PromQL. `job` is the workload's name, as in what `./journey synth` writes for clusters. */
export function prometheusAlert(rule: AlertRule, environment: string): PrometheusAlert {
  const { name, forSeconds, keepFiringSeconds, severity, workload, summary } = rule;
  return {
    alert: name, expr: exprOf(rule),
    ...(forSeconds > 0 ? { for: `${forSeconds}s` } : {}), ...(keepFiringSeconds > 0 ? { keep_firing_for: `${keepFiringSeconds}s` } : {}),
    labels: { severity, workload, environment, indicator: indicatorOf(rule) }, annotations: { summary },
  };
}

export function exprOf(rule: AlertRule): string {
  const { what, workload, threshold, comparison, windowSeconds, burn } = rule;
  const labels = selector(rule);
  const sign = comparison === 'above' ? '>' : '<';
  switch (what) {
    case 'errorShare': return `${failedShare(labels, windowSeconds)} ${sign} ${threshold}`;
    case 'p99': return `histogram_quantile(0.99, sum by (le) (rate(${METRIC}_bucket{${labels}}[${windowSeconds}s]))) ${sign} ${threshold}`;
    case 'requestRate': return `(sum(rate(${METRIC}_count{${labels}}[${windowSeconds}s])) or vector(0)) ${sign} ${threshold}`;
    case 'absent': return `absent(up{job=${quoted(workload)}} == 1)`;
    case 'burn': {
      if (!burn) return 'vector(0) > 1';
      const { underSeconds } = burn;
      const bad = (seconds: number) => (underSeconds === undefined ? failedShare(labels, seconds) : slowShare(labels, seconds, underSeconds));
      return `${bad(burn.longSeconds)} > (${burn.factor} * ${burn.budget}) and ${bad(burn.shortSeconds)} > (${burn.factor} * ${burn.budget})`;
    }
    default: return 'vector(1)';
  }
}

function selector({ workload, route }: AlertRule): string {
  const [method = '', path = ''] = (route ?? '').split(' ');
  return [`job=${quoted(workload)}`, ...(route === undefined ? [] : [`http_request_method=${quoted(method)}`, `http_route=${quoted(path)}`])].join(',');
}
const failedShare = (labels: string, seconds: number): string => ratio(`${METRIC}_count{${labels},http_response_status_code=~"5.."}`, `${METRIC}_count{${labels}}`, seconds);
/** Prometheus 3 writes the bound 1 as 1.0. */
const slowShare = (labels: string, seconds: number, under: number): string =>
  `1 - ${ratio(`${METRIC}_bucket{${labels},le=${Number.isInteger(under) ? `~"${under}(\\\\.0)?"` : `"${under}"`}}`, `${METRIC}_count{${labels}}`, seconds)}`;
const ratio = (part: string, all: string, seconds: number): string => `sum(rate(${part}[${seconds}s])) / sum(rate(${all}[${seconds}s]))`;
const quoted = (text: string): string => JSON.stringify(text);
