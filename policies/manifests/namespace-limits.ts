import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

export const namespaceLimits = rule({
  id: 'namespace-limits',
  why: 'Without a quota one runaway scaler takes the whole cluster; without a LimitRange a pod that forgot its limits has none.',
  fix: 'Add a ResourceQuota and a LimitRange to the namespace.',
  serves: ['NSA/CISA: Resource policies'],
  of: ofKind('Namespace'),
  check: (on, rendered) => ['ResourceQuota', 'LimitRange'].filter((kind) => !rendered.manifests.some((m) => m.kind === kind && m.namespace === on.name))
    .map((kind) => breach(on, ['metadata', 'name'], `has no ${kind}`)),
});
