import type { ClusterEnvironment, OutputFile, Platform, Target } from '../../model/index.ts';
import { backingObjects, inClusterBackings } from './backing/backing.ts';
import { generatorOf, workloadKeyOf } from './backing/credentials.ts';
import { configMapOf } from './config-map.ts';
import { deploymentOf } from './deployment.ts';
import { entriesOf } from './env.ts';
import { externalSecretOf, secretStoreOf } from './external-secret.ts';
import { folderOf, type Drawer } from './file.ts';
import { ingressOf as publicIngressOf } from './ingress.ts';
import { migrationJobOf, migrationOwnerOf } from './migration.ts';
import { limitRangeOf, namespaceOf, quotaOf } from './namespace.ts';
import { defaultsOf, egressOf, ingressOf, openingsOf } from './network-policy.ts';
import { refuseClashes } from './clash.ts';
import { autoscalerOf, disruptionBudgetOf } from './scaling.ts';
import { deployedOf, PROJECT, scopeOf, type Deployed, type Owner, type Scope } from './scope.ts';
import { roleOf, serviceAccountOf } from './service-account.ts';
import { serviceMonitorOf } from './service-monitor.ts';
import { serviceOf } from './service.ts';
import { smokeJobOf, smokePoliciesOf } from './smoke.ts';

/**
 * The manifests of an environment: a folder for each workload, and `shared` for what has no one owner. Every reference becomes an
 * address or a secret, and two policies.
 * @throws {ModelError} when the environment lacks what the platform needs, or two objects would have one name
 */
export const kubernetes: Target<Platform, ClusterEnvironment> = (platform, environment) => {
  const scope = scopeOf(platform, environment);
  const deployed = Object.entries(platform.workloads).map(([name, workload]) => deployedOf(scope, name, workload));
  const folders = [{ name: 'shared', drawers: sharedDrawers(scope) }, ...deployed.map((one) => ({ name: one.name, drawers: drawersOf(one) }))];
  refuseClashes(environment, folders);
  return folders.flatMap(({ name, drawers }): OutputFile[] => folderOf(name, drawers, name in platform.workloads ? name : undefined));
};

/** What one workload becomes, file by file. */
function drawersOf(deployed: Deployed): Drawer[] {
  const { scope, owner, name } = deployed;
  const entries = entriesOf(deployed);
  return [
    { file: 'service-account', objects: [serviceAccountOf(scope, owner, name)] },
    { file: 'role', objects: roleOf(deployed) },
    { file: 'config-map', objects: configMapOf(deployed, entries) },
    { file: 'external-secret', objects: externalSecretOf(deployed, entries) },
    { file: 'network-policies', objects: [...egressOf(scope, owner), ...ingressOf(scope, owner), ...openingsOf(deployed)] },
    { file: 'migration', objects: [...egressOf(scope, migrationOwnerOf(deployed)), ...migrationJobOf(deployed, entries)] },
    { file: 'deployment', objects: [deploymentOf(deployed, entries)] },
    { file: 'service', objects: [serviceOf(deployed)] },
    { file: 'horizontal-pod-autoscaler', objects: [autoscalerOf(deployed)] },
    { file: 'pod-disruption-budget', objects: [disruptionBudgetOf(deployed)] },
    { file: 'ingress', objects: publicIngressOf(deployed) },
    { file: 'service-monitor', objects: serviceMonitorOf(deployed) },
    { file: 'smoke', objects: [...smokePoliciesOf(deployed), smokeJobOf(deployed)] },
  ];
}

/** What the namespace needs before the first workload, and the backings that run in it. */
function sharedDrawers(scope: Scope): Drawer[] {
  const owner: Owner = { name: PROJECT, component: 'shared', version: 'v1' };
  const backings = inClusterBackings(scope);
  const amounts = backings.map(({ server, storage }) => ({ ...server.amount, storageGi: Number.parseInt(storage, 10) }));
  return [
    { file: 'namespace', objects: [namespaceOf(scope, owner)] },
    { file: 'resource-quota', objects: [quotaOf(scope, owner, amounts)] },
    { file: 'limit-range', objects: [limitRangeOf(scope, owner)] },
    { file: 'service-account', objects: [serviceAccountOf(scope, owner, 'default')] },
    { file: 'network-policies', objects: defaultsOf(scope, owner) },
    { file: 'secret-store', objects: secretStoreOf(scope, owner) },
    { file: 'generated-secrets', objects: [
      ...(scope.keepsSecrets || backings.length > 0 ? [generatorOf(scope, owner)] : []),
      ...(scope.keepsSecrets ? [workloadKeyOf(scope, owner)] : []),
    ] },
    ...backings.map((backing) => ({ file: `backing-${backing.name}`, objects: backingObjects(scope, backing) })),
  ];
}
