import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const privilegeEscalation = rule({
  id: 'privilege-escalation',
  why: 'Without no_new_privs a setuid program inside the image turns an ordinary user into root.',
  fix: 'Set securityContext.allowPrivilegeEscalation to false in every container; the default is true.',
  serves: ['Pod Security Standards, Restricted: Privilege Escalation', 'CIS Kubernetes 5.2.6', 'NSA/CISA: Pod security enforcement'],
  of: containersOf,
  check: ({ on, at, json }) => (get(json, 'securityContext', 'allowPrivilegeEscalation') === false
    ? [] : [breach(on, [...at, 'securityContext', 'allowPrivilegeEscalation'], 'may gain privileges')]),
});
