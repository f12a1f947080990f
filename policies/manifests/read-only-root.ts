import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const readOnlyRoot = rule({
  id: 'read-only-root',
  why: 'What cannot be written cannot be replaced: an attacker keeps no tool and changes no program.',
  fix: 'Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the program writes.',
  serves: ['NSA/CISA: Immutable container file systems', 'CIS Kubernetes 5.7.3'],
  of: containersOf,
  check: ({ on, at, json }) => (get(json, 'securityContext', 'readOnlyRootFilesystem') === true
    ? [] : [breach(on, [...at, 'securityContext', 'readOnlyRootFilesystem'], 'can write its own root')]),
});
