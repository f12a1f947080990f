import { ModelError } from '../../model/index.ts';
import { autoscaler, disruptionBudget, intOrString } from './cdk8s.ts';
import { metadataOf, selectorOf } from './metadata.ts';
import type { Described } from './object.ts';
import type { Deployed } from './scope.ts';
import { wave } from './wave.ts';

export function autoscalerOf(deployed: Deployed): Described {
  const { scope, owner, name, workload } = deployed;
  const { min, max } = scaleOf(deployed);
  return autoscaler({
    metadata: metadataOf(scope, owner, name, wave.scaling),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: Math.round(workload.options.scaleOn.cpu * 100) } } }],
    },
  });
}

/** One at a time may be evicted. Not "one must stay": that would keep a node from being drained while there is one replica. */
export function disruptionBudgetOf({ scope, owner, name }: Deployed): Described {
  return disruptionBudget({
    metadata: metadataOf(scope, owner, name, wave.workload),
    spec: { maxUnavailable: intOrString(1), selector: { matchLabels: selectorOf(scope, name) } },
  });
}

/** @throws {ModelError} when the environment does not say how many. */
export function scaleOf({ scope, name }: Pick<Deployed, 'scope' | 'name'>) {
  const scale = scope.environment.scale[name];
  if (scale && scale.min >= 1 && scale.max >= scale.min) return scale;
  throw new ModelError(scope.environment.declaredAt, scale
    ? `"${scope.environment.name}" scales "${name}" from ${scale.min} to ${scale.max}`
    : `"${scope.environment.name}" does not scale the workload "${name}"`, `Write \`${name}: { min, max }\` with 1 ≤ min ≤ max.`);
}
