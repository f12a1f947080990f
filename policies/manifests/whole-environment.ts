import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { namespacedIn } from './namespaces.ts';

export const wholeEnvironment = rule({
  id: 'whole-environment',
  why: 'Without its graph and its namespaces an environment is judged by half of the rules, and looks green.',
  fix: 'Run ./journey synth; journey.json and every Namespace stand beside the manifests.',
  serves: ['CIS Kubernetes 5.7.1'],
  of: (rendered) => (rendered.whole ? [rendered] : []),
  check: ({ folder, name, manifests, journey, stacks }, rendered) => {
    const where = { file: folder, object: `environment ${name}` };
    const missing = new Set(namespacedIn(rendered).flatMap((m) => (m.namespace === undefined || manifests.some((n) => n.kind === 'Namespace' && n.name === m.namespace) ? [] : [m.namespace])));
    const inCloud = journey?.nodes.filter((n) => n.provider === 'aws').map((n) => n.name) ?? [];
    return [
      ...(journey ? [] : [breach(where, [], 'has no readable journey.json')]),
      ...(manifests.length > 0 ? [] : [breach(where, [], 'has no Kubernetes object')]),
      ...(inCloud.length === 0 || stacks.length > 0 ? [] : [breach(where, [], `leaves ${inCloud.join(', ')} to AWS and has no Terraform stack`)]),
      ...[...missing].map((namespace) => breach(where, [], `uses the namespace ${namespace} and does not declare it`)),
    ];
  },
});
