import { entriesOf, get, includes } from '../json.ts';
import { referencesOf } from '../manifest.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isWhole } from './namespaces.ts';
import { ofKind, podsOf } from './pods.ts';

/** Only policies of a reference: what another controller starts (a certificate's solver) is in no manifest of ours. */
export const policyPods = rule({
  id: 'policy-pods',
  why: 'A policy that selects nobody is what a Job or a Deployment leaves behind that was taken away, or protects a name that is misspelt.',
  fix: 'Run ./journey synth: it writes each policy beside the pods that it is about.',
  serves: ['NSA/CISA: Network policies', 'CIS Kubernetes 5.3.2'],
  of: (rendered) => ofKind('NetworkPolicy')(rendered).filter((on) => isWhole(rendered, on) && referencesOf(on).length > 0 && entriesOf(get(on.json, 'spec', 'podSelector', 'matchLabels')).length > 0),
  check: (on, rendered) => {
    const wanted = get(on.json, 'spec', 'podSelector', 'matchLabels');
    const found = podsOf(rendered).some((pod) => pod.on.namespace === on.namespace && includes(get(pod.metadata, 'labels'), wanted));
    return found ? [] : [breach(on, ['spec', 'podSelector'], 'selects no pod')];
  },
});
