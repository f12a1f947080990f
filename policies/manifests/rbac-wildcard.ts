import { get, listOf, textsOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

export const rbacWildcard = rule({
  id: 'rbac-wildcard',
  why: 'A * also grants what the API learns next year.',
  fix: 'List the verbs, resources and API groups that are used.',
  serves: ['CIS Kubernetes 5.1.3', 'NSA/CISA: Role-based access control'],
  of: ofKind('Role', 'ClusterRole'),
  check: (on) => listOf(on.json['rules']).flatMap((granted, i) => ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'].flatMap((key) =>
    (textsOf(get(granted, key)).some((v) => v.includes('*')) ? [breach(on, ['rules', i, key], `grants every ${key}`)] : []))),
});
