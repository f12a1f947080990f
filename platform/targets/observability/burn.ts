import { ModelError, type ClusterEnvironment, type Workload } from '../../model/index.ts';
import type { Yaml } from '../yaml.ts';
import type { Indicator } from './indicator.ts';
import { alertName, alertOf } from './alert.ts';

/**
 * How fast the budget of 30 days is used up, over a long window, with a short one that ends the alert soon after the cause.
 * The table of the SRE workbook (sre.google/workbook/alerting-on-slos, "6: Multiwindow, Multi-Burn-Rate Alerts"), with its last row in two.
 */
const burns = [
  { factor: 14.4, long: '1h', short: '5m', severity: 'page', uses: '2% of the budget in an hour' },
  { factor: 6, long: '6h', short: '30m', severity: 'page', uses: '5% of the budget in six hours' },
  { factor: 3, long: '1d', short: '2h', severity: 'ticket', uses: '10% of the budget in a day' },
  { factor: 1, long: '3d', short: '6h', severity: 'ticket', uses: '10% of the budget in three days' },
] as const;
const windows = [...new Set(burns.flatMap(({ long, short }) => [short, long]))];

/** A group that records the share of bad requests over each window, and one that alerts on it. */
export function burnAlerts(environment: ClusterEnvironment, name: string, workload: Workload, indicator: Indicator): Yaml[] {
  refuseHopeless(name, workload, indicator);
  const labels = { workload: name, environment: environment.name };
  const recorded = (window: string) => `journey:${indicator.kind}_bad:ratio_rate${window}`;
  const selector = `{workload="${name}",environment="${environment.name}"}`;
  return [
    { name: `${name}-${indicator.kind}-bad`, rules: windows.map((window) => ({ record: recorded(window), expr: indicator.bad(window), labels })) },
    {
      name: `${name}-${indicator.kind}-burn`,
      rules: burns.map(({ factor, long, short, severity, uses }) => {
        const above = (window: string) => `${recorded(window)}${selector} > (${factor} * ${indicator.budget})`;
        return alertOf(environment, name, {
          alert: alertName(name, indicator.kind, `burn-${long}`),
          expr: `${above(long)} and ${above(short)}`,
          severity, runbook: indicator.kind,
          summary: `${name} uses ${uses}: it promises that ${indicator.promise}`,
          description: `{{ $value | humanizePercentage }} of its requests were bad over ${long}; ${percent(indicator.budget)} are allowed over 30 days.`,
        });
      }),
    },
  ];
}

/** An alert that cannot fire, or always does, guards nothing. */
function refuseHopeless(name: string, { declaredAt }: Workload, { kind, promise, budget }: Indicator): void {
  const most = burns[0].factor;
  if (budget > 0 && budget * most < 1) return;
  throw new ModelError(declaredAt, `"${name}" promises that ${promise}: no ${kind} alert can guard that`, `Choose a target above ${(100 - 100 / most).toFixed(1)}% and below 100%.`);
}

const percent = (share: number): string => `${Number((share * 100).toFixed(8))}%`;
