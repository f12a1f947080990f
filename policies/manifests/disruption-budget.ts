import { get, includes, textOf } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isWhole } from './namespaces.ts';
import { ofKind } from './pods.ts';

export const disruptionBudget = rule({
  id: 'disruption-budget',
  why: 'When a node is drained, nothing else keeps the last of several replicas from being evicted with the others.',
  fix: 'Add a PodDisruptionBudget whose selector matches the pods and which lets fewer than all of them go.',
  serves: ['Kubernetes documentation: Specifying a Disruption Budget for your Application'],
  of: (rendered) => ofKind('Deployment', 'StatefulSet')(rendered).filter((on) => isWhole(rendered, on) && replicasOf(on, rendered) >= 2),
  check: (on, rendered) => {
    const budgets = ofKind('PodDisruptionBudget')(rendered).filter((b) => b.namespace === on.namespace && covers(b, on));
    if (budgets.length === 0) return [breach(on, ['spec', 'replicas'], `has ${replicasOf(on, rendered)} replicas and no PodDisruptionBudget`)];
    return budgets.filter(allowsAll).map((b) => breach(b, ['spec'], 'lets all replicas go at once'));
  },
});

function covers(budget: Manifest, on: Manifest): boolean {
  const wanted = get(budget.json, 'spec', 'selector', 'matchLabels');
  return wanted !== undefined && includes(get(on.json, 'spec', 'template', 'metadata', 'labels'), wanted);
}

const allowsAll = (budget: Manifest): boolean => get(budget.json, 'spec', 'maxUnavailable') === '100%' || get(budget.json, 'spec', 'minAvailable') === 0;

/** The least number of replicas: the autoscaler's, where there is one. */
function replicasOf(on: Manifest, rendered: Rendered): number {
  const scaler = ofKind('HorizontalPodAutoscaler')(rendered).find((h) => h.namespace === on.namespace
    && textOf(get(h.json, 'spec', 'scaleTargetRef', 'kind')) === on.kind && textOf(get(h.json, 'spec', 'scaleTargetRef', 'name')) === on.name);
  return Number((scaler ? get(scaler.json, 'spec', 'minReplicas') : get(on.json, 'spec', 'replicas')) ?? 1);
}
