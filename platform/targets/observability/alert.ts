import type { ClusterEnvironment } from '../../model/index.ts';
import type { Yaml } from '../yaml.ts';

/** The pages a person reads when an alert fires: paths in this repository, each a file (observability.test.ts). */
const RUNBOOKS = 'platform/targets/observability/runbooks';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. @default at once: a window is long enough by itself */
  readonly for?: string;
  /** `page`: somebody gets up. `ticket`: somebody looks on a working day. */
  readonly severity: 'page' | 'ticket';
  readonly runbook: string;
  readonly summary: string;
  readonly description: string;
}

export function alertOf(environment: ClusterEnvironment, workload: string, { alert, expr, for: wait, severity, runbook, summary, description }: Alert): Yaml {
  return {
    alert, expr, for: wait,
    labels: { severity, workload, environment: environment.name },
    annotations: { summary, description, runbook_url: `${RUNBOOKS}/${runbook}.md` },
  };
}

/** `GatewayAvailabilityBurn1h`: stable, since silences and routes name it. */
export function alertName(...parts: readonly string[]): string {
  return parts.flatMap((part) => part.split('-')).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
