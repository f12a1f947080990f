import { deployment, intOrString } from './cdk8s.ts';
import { configHash } from './config-map.ts';
import { graceSeconds, serverOf, temporary } from './container.ts';
import type { Entry } from './env.ts';
import { labelsOf, metadataOf, selectorOf } from './metadata.ts';
import type { Described } from './object.ts';
import type { Deployed } from './scope.ts';
import { nobody, podSecurity } from './security.ts';
import { wave } from './wave.ts';

/** Names no replicas: the autoscaler does. A new pod is ready before an old one goes. */
export function deploymentOf(deployed: Deployed, entries: readonly Entry[]): Described {
  const { scope, owner, name, workload } = deployed;
  const matchLabels = selectorOf(scope, name);
  return deployment({
    metadata: metadataOf(scope, owner, name, wave.workload),
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: intOrString(1), maxUnavailable: intOrString(0) } },
      template: {
        metadata: { labels: labelsOf(scope, owner), annotations: { 'request-journey.dev/config': configHash(entries) } },
        spec: {
          ...podSecurity(nobody, Boolean(workload.options.kubernetes?.length)),
          serviceAccountName: name,
          terminationGracePeriodSeconds: graceSeconds,
          topologySpreadConstraints: [
            spread('topology.kubernetes.io/zone', matchLabels, scope.environment.kind === 'production'),
            spread('kubernetes.io/hostname', matchLabels, false),
          ],
          containers: [serverOf(deployed, entries)],
          volumes: [temporary.volume],
        },
      },
    },
  });
}

/** Replicas apart from each other: where people depend on it, rather none than all in one zone. */
function spread(topologyKey: string, matchLabels: Readonly<Record<string, string>>, strict: boolean) {
  return { topologyKey, maxSkew: 1, whenUnsatisfiable: strict ? 'DoNotSchedule' : 'ScheduleAnyway', labelSelector: { matchLabels }, matchLabelKeys: ['pod-template-hash'] };
}
