import { get, textsOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const dropCapabilities = rule({
  id: 'drop-capabilities',
  why: "The runtime's default capabilities (raw sockets, changing owners, …) serve attackers; none of our programs needs one.",
  fix: 'Set securityContext.capabilities.drop to ["ALL"].',
  serves: ['Pod Security Standards, Restricted: Capabilities', 'CIS Kubernetes 5.2.8', 'CIS Kubernetes 5.2.10', 'NSA/CISA: Pod security enforcement'],
  of: containersOf,
  check: ({ on, at, json }) => (textsOf(get(json, 'securityContext', 'capabilities', 'drop')).includes('ALL')
    ? [] : [breach(on, [...at, 'securityContext', 'capabilities', 'drop'], 'does not drop ALL capabilities')]),
});
