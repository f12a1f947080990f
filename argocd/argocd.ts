import { chartOf, type Described } from '../platform/targets/kubernetes/cdk8s.ts';
import { sortedBy } from '../platform/targets/sorted.ts';
import { generatedYaml } from '../platform/targets/yaml.ts';
import { ModelError, type ClusterEnvironment, type Environment, type OutputFile, type Platform } from '../platform/model/index.ts';
import { environmentApplication, sharedApplication, workloadApplication } from './environment.ts';
import { ARGOCD } from './folder.ts';
import { projectOf, rootProjectOf } from './project.ts';
import { configOf, rootApplication } from './root.ts';

/**
 * The files of `synth/argocd/`: who applies what to which cluster. Depends on the names of environments and workloads, on windows and
 * domains, and on no release. None when every environment is a laptop.
 * @throws {ModelError} when two things would have one name
 */
export function argocd(platform: Platform, environments: Iterable<Environment>): readonly OutputFile[] {
  const clusters = sortedBy([...environments].filter((one) => one.kind !== 'local'), ({ name }) => name);
  if (clusters.length === 0) return [];
  const placed = [
    { path: 'root.yaml', object: rootApplication() },
    { path: 'config.yaml', object: configOf() },
    { path: 'projects/root.yaml', object: rootProjectOf(clusters) },
    ...clusters.flatMap((environment) => ofEnvironment(platform, environment)),
  ];
  refuseClashes(clusters, placed);
  return placed.map(({ path, object }) => ({ path, text: generatedYaml(object.render(chartOf(object.name))), declares: [] }));
}

interface Placed { readonly path: string; readonly object: Described }

function ofEnvironment(platform: Platform, environment: ClusterEnvironment): Placed[] {
  const { name } = environment;
  return [
    { path: `projects/${name}.yaml`, object: projectOf(environment) },
    { path: `apps/${name}.yaml`, object: environmentApplication(platform, environment) },
    { path: `applications/${name}/shared.yaml`, object: sharedApplication(platform, environment) },
    ...Object.keys(platform.workloads).map((workload) => ({ path: `applications/${name}/${workload}.yaml`, object: workloadApplication(platform, environment, workload) })),
  ];
}

/** `a-b` may be the workload `b` of the environment `a`, and an app of apps. */
function refuseClashes(clusters: readonly ClusterEnvironment[], placed: readonly Placed[]): void {
  const taken = clusters.find(({ name }) => name === ARGOCD);
  if (taken) throw new ModelError(taken.declaredAt, `no environment can be named "${ARGOCD}"`, `Rename it: synth/${ARGOCD}/ holds what applies all of them.`);
  const seen = new Map<string, string>();
  for (const { path, object: { kind, name } } of placed) {
    for (const id of [path, `${kind}/${name}`]) {
      const other = seen.get(id);
      if (other !== undefined) throw new ModelError('environments', `Argo CD would have two of ${id}: ${other} and ${path}`, 'Rename the environment or the workload.');
      seen.set(id, path);
    }
  }
}
