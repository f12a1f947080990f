import type { ClusterEnvironment, Environment, OutputFile, Platform } from '../model/index.ts';
import { graph } from '../targets/graph/graph.ts';
import { local } from '../targets/local/local.ts';

/**
 * All files of `synth/<environment>/`, in the order of their paths. Targets are imported when an environment needs them:
 * a laptop's plan has no use for the libraries that write manifests.
 * @throws {ModelError} and whatever a target throws over a model that the compiler would refuse
 */
export async function synthesize(platform: Platform, environment: Environment): Promise<readonly OutputFile[]> {
  const files = environment.kind === 'local' ? local(platform, environment) : await cluster(platform, environment);
  return [...files, graph(platform, environment, files)];
}

/**
 * All files of `synth/argocd/`: which Application applies what of all the others. None without a cluster.
 * @throws {ModelError} when two things would have one name
 */
export async function synthesizeArgocd(platform: Platform, environments: Iterable<Environment>): Promise<readonly OutputFile[]> {
  const { argocd } = await import('../../argocd/argocd.ts');
  return argocd(platform, environments);
}

async function cluster(platform: Platform, environment: ClusterEnvironment): Promise<OutputFile[]> {
  const { kubernetes } = await import('../targets/kubernetes/kubernetes.ts');
  const { observability } = await import('../targets/observability/observability.ts');
  return [...kubernetes(platform, environment), ...observability(platform, environment), ...await stack(platform, environment)];
}

/** cdktf takes longest of all to load. */
async function stack(platform: Platform, environment: ClusterEnvironment): Promise<readonly OutputFile[]> {
  if (Object.values(environment.backing).every(({ provider }) => provider !== 'aws')) return [];
  const { terraform } = await import('../targets/terraform/terraform.ts');
  return terraform(platform, environment);
}
