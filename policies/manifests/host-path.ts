import { get, listOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { podsOf } from './pods.ts';

export const hostPath = rule({
  id: 'host-path',
  why: "A folder of the node is a way out of the container: through it a pod reads other pods' secrets or replaces the node's programs.",
  fix: 'Use an emptyDir, a persistentVolumeClaim, a configMap or a secret volume.',
  serves: ['Pod Security Standards, Baseline: HostPath Volumes', 'CIS Kubernetes 5.2.12', 'NSA/CISA: Pod security enforcement'],
  of: podsOf,
  check: ({ on, at, spec }) => listOf(spec['volumes']).flatMap((volume, i) =>
    (get(volume, 'hostPath') === undefined ? [] : [breach(on, [...at, 'volumes', i, 'hostPath'], 'mounts a folder of the node')])),
});
