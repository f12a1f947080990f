import type { ClusterEnvironment, OutputFile, Platform, Target, Workload } from '../../model/index.ts';
import { metadataOf } from '../kubernetes/metadata.ts';
import { homeOf, releaseOf, workloadOwner } from '../kubernetes/scope.ts';
import { generatedYaml, type Yaml } from '../yaml.ts';
import { burnAlerts } from './burn.ts';
import { indicatorsOf } from './indicator.ts';
import { presenceAlert } from './presence.ts';
import { wave } from '../kubernetes/wave.ts';

/**
 * One PrometheusRule for each workload: the share of its budget that is being used, and who is to be told.
 * @throws {ModelError} for an objective that nothing measures, or that no alert could guard
 */
export const observability: Target<Platform, ClusterEnvironment> = (platform, environment) =>
  Object.entries(platform.workloads).map(([name, workload]): OutputFile => ({
    path: `observability/${name}.yaml`,
    text: generatedYaml(ruleOf(environment, name, workload)),
    declares: [{ object: `PrometheusRule/${name}`, workload: name }],
  }));

function ruleOf(environment: ClusterEnvironment, name: string, workload: Workload): Yaml {
  const home = homeOf(environment);
  const metadata = metadataOf(home, workloadOwner(name, releaseOf(environment, name).version), name, wave.workload);
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadata },
    spec: {
      groups: [
        { name: `${name}-presence`, rules: [presenceAlert(environment, name)] },
        ...indicatorsOf(environment, name, workload).flatMap((indicator) => burnAlerts(environment, name, workload, indicator)),
      ],
    },
  };
}
