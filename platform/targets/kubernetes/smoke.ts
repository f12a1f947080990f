import { scrapeOf, servingPort } from '../../model/index.ts';
import { job } from './cdk8s.ts';
import { temporary } from './container.ts';
import { labelsOf, metadataOf } from './metadata.ts';
import { openedTo } from './network-policy.ts';
import type { Described } from './object.ts';
import { requirementsOf, type Amount } from './resources.ts';
import { smokeOf, type Deployed, type Owner } from './scope.ts';
import { containerSecurity, nobody, podSecurity } from './security.ts';
import { hook, wave } from './wave.ts';

/** One process that asks and ends; 123 MB at most were measured. */
export const smokeAmount: Amount = { cpu: 50, memory: 128 };

/** Labels of its own, as a migration's: no Service or budget of the workload may count it. */
export const smokeOwnerOf = ({ name, owner }: Deployed): Owner => ({ ...owner, name: smokeOf(name), component: 'smoke' });

/**
 * Asks the workload over its Service, from a pod of its own under the same default deny, when every replica is healthy: is it ready, and
 * do its routes answer as the release that was synced? A failure fails the sync, and the app of apps shows it as Degraded. The
 * workload's image holds the program (services/kit/smoke-main.ts); it is given no secret and no address but this one.
 */
export function smokeJobOf(deployed: Deployed): Described {
  const { scope, name, image, digest } = deployed;
  const { health, routes } = askedOf(deployed);
  const owner = smokeOwnerOf(deployed);
  const metadata = metadataOf(scope, owner, owner.name, wave.smoke);
  return job({
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...hook('PostSync') } },
    spec: {
      // The program itself asks for a minute; a second pod is for a node that goes away.
      backoffLimit: 1,
      activeDeadlineSeconds: 180,
      template: {
        metadata: { labels: labelsOf(scope, owner) },
        spec: {
          ...podSecurity(nobody),
          serviceAccountName: name,
          restartPolicy: 'Never',
          containers: [{
            name: 'smoke',
            image,
            imagePullPolicy: 'IfNotPresent',
            command: ['node', 'services/kit/smoke-main.ts', '--workload', name, '--revision', digest, '--health', String(health), ...(routes === undefined ? [] : ['--routes', String(routes)])],
            resources: requirementsOf(smokeAmount),
            securityContext: containerSecurity,
            volumeMounts: [temporary.mount],
          }],
          volumes: [temporary.volume],
        },
      },
    },
  });
}

/** From the pod that asks to the pods that answer, on the ports that it asks, at both ends. */
export function smokePoliciesOf(deployed: Deployed): Described[] {
  const { health, routes } = askedOf(deployed);
  return openedTo(deployed.scope, smokeOwnerOf(deployed), deployed.owner, [...new Set([...(routes === undefined ? [] : [routes]), health])]);
}

/** Ports. The routes' document names the release; a workload without routes (the pages) has none. */
function askedOf({ workload }: Deployed): { readonly health: number; readonly routes?: number } {
  const health = scrapeOf(workload).number;
  return Object.keys(workload.contract.routes).length > 0 ? { health, routes: servingPort(workload.contract).number } : { health };
}
