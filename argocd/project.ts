import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { custom, type Described } from '../platform/targets/kubernetes/cdk8s.ts';
import { rootWave } from '../platform/targets/kubernetes/wave.ts';
import type { ClusterEnvironment } from '../platform/model/index.ts';
import { argoKinds, clusterKinds, kinds } from './kinds.ts';
import { metadataOf } from './metadata.ts';
import { appsName, argo, argoDestination, destinationOf, projectName, ROOT } from './place.ts';
import { rolesOf } from './role.ts';
import { windowsOf } from './window.ts';

type Project = IAppProject & { readonly metadata: { readonly name: string } };
type Spec = IAppProject['spec'];

/** What an environment's Applications may do at most: this repository, this namespace of this cluster, these kinds, in this window. */
export function projectOf(environment: ClusterEnvironment): Described {
  return project(projectName(environment), environment, {
    destinations: [destinationOf(environment)],
    clusterResourceWhitelist: clusterKinds(environment),
    namespaceResourceWhitelist: kinds,
    roles: rolesOf(environment),
    ...windows(windowsOf(environment, ['*'])),
  });
}

/**
 * What the root and the apps of apps may do: Applications, projects and settings beside Argo CD. An app of apps keeps the window of its
 * environment: an Application taken out of git takes its objects along.
 */
export function rootProjectOf(environments: readonly ClusterEnvironment[]): Described {
  return project(ROOT, undefined, {
    destinations: [argoDestination],
    // Without a list of cluster kinds all of them are denied.
    namespaceResourceWhitelist: argoKinds,
    ...windows(environments.flatMap((one) => windowsOf(one, [appsName(one)]))),
  });
}

function project(name: string, environment: ClusterEnvironment | undefined, spec: Spec): Described {
  return custom<Project>({
    apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject',
    metadata: metadataOf(name, { name: environment?.name ?? ROOT, component: 'project' }, rootWave.project, environment),
    spec: {
      ...spec,
      sourceRepos: [argo.repository],
      // Something in the namespace that no Application owns: made by hand, or left over. Beside Argo CD others have their own.
      ...(environment ? { orphanedResources: { warn: true } } : {}),
    },
  });
}

const windows = (syncWindows: NonNullable<Spec['syncWindows']>): Pick<Spec, 'syncWindows'> => (syncWindows.length > 0 ? { syncWindows } : {});
