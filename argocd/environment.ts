import type { Described } from '../platform/targets/kubernetes/cdk8s.ts';
import { homeOf } from '../platform/targets/kubernetes/scope.ts';
import { applicationWave, rootWave } from '../platform/targets/kubernetes/wave.ts';
import type { ClusterEnvironment, Platform } from '../platform/model/index.ts';
import { applicationOf, pausedByPeople, type Ignored } from './application.ts';
import { linksOf } from './links.ts';
import { applicationName, appsName, argoDestination, destinationOf, projectName, ROOT } from './place.ts';

/** One workload in one environment: its manifests and its alerts. Taken out of the model, it goes with all it has. */
export function workloadApplication(platform: Platform, environment: ClusterEnvironment, workload: string): Described {
  return applicationOf({
    name: applicationName(environment, workload), about: { name: workload, component: 'application' }, environment,
    project: projectName(environment), wave: applicationWave.workload,
    path: `synth/${environment.name}`, files: [`kubernetes/${workload}/`, `observability/${workload}.yaml`],
    destination: destinationOf(environment),
    links: linksOf(platform, environment, workload),
    ignore: [scaledByAutoscaler(environment, workload)],
    cascade: true,
  });
}

/**
 * What an environment shares: namespace, limits, default deny, secret store, backings in the cluster. Without it there is nothing, so it
 * never cascades: an environment is taken down by a person.
 */
export function sharedApplication(platform: Platform, environment: ClusterEnvironment): Described {
  return applicationOf({
    name: applicationName(environment, 'shared'), about: { name: 'shared', component: 'application' }, environment,
    project: projectName(environment), wave: applicationWave.shared,
    path: `synth/${environment.name}`, files: ['kubernetes/shared/'],
    destination: destinationOf(environment),
    links: linksOf(platform, environment),
  });
}

/** The app of apps: first what is shared, then the workloads. */
export function environmentApplication(platform: Platform, environment: ClusterEnvironment): Described {
  return applicationOf({
    name: appsName(environment), about: { name: environment.name, component: 'app-of-apps' }, environment,
    project: ROOT, wave: rootWave.environment,
    path: `synth/argocd/applications/${environment.name}`,
    destination: argoDestination,
    links: linksOf(platform, environment),
    ignore: [pausedByPeople],
  });
}

/**
 * The number of replicas: the autoscaler writes it. Our Deployments leave it out, so today nothing differs; with this a manifest that
 * names it (an old commit, a change by mistake) does not throw production back to that number at each sync.
 */
const scaledByAutoscaler = (environment: ClusterEnvironment, workload: string): Ignored =>
  ({ group: 'apps', kind: 'Deployment', name: workload, namespace: homeOf(environment).namespace, jsonPointers: ['/spec/replicas'] });
