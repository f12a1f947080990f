import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf, effective } from './pods.ts';

const good = ['RuntimeDefault', 'Localhost'];

export const seccomp = rule({
  id: 'seccomp',
  why: 'Unfiltered system calls are the surface through which containers are escaped.',
  fix: 'Set seccompProfile.type of the pod to RuntimeDefault (or Localhost), and to something weaker for none of its containers.',
  serves: ['Pod Security Standards, Restricted: Seccomp', 'CIS Kubernetes 5.7.2', 'NSA/CISA: Hardening container environments'],
  of: containersOf,
  check: (container) => {
    const own = get(container.json, 'securityContext', 'seccompProfile', 'type');
    const type = own ?? effective(container, 'seccompProfile', 'type');
    if (good.some((g) => g === type)) return [];
    return [breach(container.on, [...(own === undefined ? container.pod.at : container.at), 'securityContext', 'seccompProfile'], `${container.name} runs with ${type === undefined ? 'no seccomp profile' : `the seccomp profile ${String(type)}`}`)];
  },
});
