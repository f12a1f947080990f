import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf, effective } from './pods.ts';

export const runAsNonRoot = rule({
  id: 'run-as-non-root',
  why: 'Root inside a container is root on the node as soon as the kernel has one more hole. With the setting the kubelet refuses to start such an image.',
  fix: 'Set runAsNonRoot to true for the pod, and to false for none of its containers.',
  serves: ['Pod Security Standards, Restricted: Running as Non-root', 'CIS Kubernetes 5.2.7', 'NSA/CISA: Non-root containers'],
  of: containersOf,
  check: (container) => {
    const own = get(container.json, 'securityContext', 'runAsNonRoot');
    if (effective(container, 'runAsNonRoot') === true) return [];
    return [breach(container.on, [...(own === undefined ? container.pod.at : container.at), 'securityContext', 'runAsNonRoot'], `${container.name} may run as root`)];
  },
});
