import { healthPaths } from '../../../services/kit/standard.ts';
import { metadataOf, selectorOf } from './metadata.ts';
import { plain, type Described } from './object.ts';
import type { Deployed } from './scope.ts';
import { wave } from './wave.ts';

/** Prometheus reads it with the workload's name as `job`. Absent without a metrics port. */
export function serviceMonitorOf({ scope, owner, name, workload }: Deployed): Described[] {
  if (workload.contract.ports.metrics === undefined) return [];
  return [plain({
    apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor',
    metadata: metadataOf(scope, owner, name, wave.workload),
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      namespaceSelector: { matchNames: [scope.namespace] },
      selector: { matchLabels: selectorOf(scope, name) },
      endpoints: [{ port: 'metrics', path: healthPaths.metrics, interval: '30s', scrapeTimeout: '5s' }],
    },
  })];
}
