import { get, textsOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const addCapabilities = rule({
  id: 'add-capabilities',
  why: 'Each capability is a piece of root. Binding a port below 1024 is the only one that a restricted pod may ask for.',
  fix: 'Remove it from securityContext.capabilities.add; only NET_BIND_SERVICE may stand there.',
  serves: ['Pod Security Standards, Restricted: Capabilities', 'CIS Kubernetes 5.2.9', 'NSA/CISA: Pod security enforcement'],
  of: containersOf,
  check: ({ on, at, json }) => textsOf(get(json, 'securityContext', 'capabilities', 'add')).flatMap((name, i) =>
    (name === 'NET_BIND_SERVICE' ? [] : [breach(on, [...at, 'securityContext', 'capabilities', 'add', i], `adds the capability ${name}`)])),
});
