/** What a rule looks at. `burn` is the model's: how fast an objective uses up its budget. `test` breaks until its time is over. */
export type AlertWhat = 'errorShare' | 'p99' | 'requestRate' | 'absent' | 'burn' | 'test';
export type Severity = 'page' | 'ticket';
/** What it is a sign of: rules with one indicator tell of one thing. */
export type Indicator = 'availability' | 'latency' | 'traffic' | 'presence' | 'test';

export interface AlertRule {
  /** Of the model: the alert's name, which is stable; of a person: a UUID. */
  readonly id: string;
  readonly name: string;
  readonly origin: 'model' | 'person' | 'test';
  readonly what: AlertWhat;
  readonly workload: string;
  readonly route?: string;
  readonly comparison: 'above' | 'below';
  /** A share from 0 to 1, seconds, or requests per second. */
  readonly threshold: number;
  readonly windowSeconds: number;
  readonly forSeconds: number;
  readonly keepFiringSeconds: number;
  readonly severity: Severity;
  readonly summary: string;
  readonly burn?: Burn;
  /** Unix time in milliseconds; of a test. */
  readonly until?: number;
}
/** Both windows must use up the budget `factor` times as fast as it lasts. */
export interface Burn {
  readonly factor: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** The share of bad requests that is allowed. */
  readonly budget: number;
  /** Of a latency objective: what takes longer than so many seconds is bad. */
  readonly underSeconds?: number;
}

export function indicatorOf({ what, burn }: Pick<AlertRule, 'what' | 'burn'>): Indicator {
  switch (what) {
    case 'errorShare': return 'availability';
    case 'p99': return 'latency';
    case 'requestRate': return 'traffic';
    case 'absent': return 'presence';
    case 'burn': return burn?.underSeconds === undefined ? 'availability' : 'latency';
    default: return 'test';
  }
}

/** The labels of its alert: what silences match, and what makes the alert itself. */
export function labelsOf(rule: AlertRule, environment: string): Readonly<Record<string, string>> {
  return {
    alertname: rule.name, workload: rule.workload, environment, severity: rule.severity, indicator: indicatorOf(rule), origin: rule.origin, rule: rule.id,
    ...(rule.route === undefined ? {} : { route: rule.route }), ...(rule.what === 'test' ? { test: 'true' } : {}),
  };
}
