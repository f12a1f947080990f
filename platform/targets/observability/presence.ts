import type { ClusterEnvironment } from '../../model/index.ts';
import type { Yaml } from '../yaml.ts';
import { homeOf } from '../kubernetes/scope.ts';
import { alertName, alertOf } from './alert.ts';

/** A workload that is gone answers nothing badly: no objective notices. */
export function presenceAlert(environment: ClusterEnvironment, name: string): Yaml {
  const available = `kube_deployment_status_replicas_available{namespace="${homeOf(environment).namespace}",deployment="${name}"}`;
  return alertOf(environment, name, {
    alert: alertName(name, 'absent'),
    expr: `absent(${available} > 0)`,
    for: '2m',
    severity: 'page', runbook: 'absent',
    summary: `${name} has no replica that is ready`,
    description: 'For two minutes no pod of it was available, or nothing counted them.',
  });
}
