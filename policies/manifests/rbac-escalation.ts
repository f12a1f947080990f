import { get, listOf, textsOf, textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

const verbs = ['bind', 'escalate', 'impersonate'];
const everybody = ['system:authenticated', 'system:unauthenticated', 'system:anonymous', 'system:masters', 'system:serviceaccounts'];

export const rbacEscalation = rule({
  id: 'rbac-escalation',
  why: 'These rights are all rights: who may bind, escalate, impersonate or read Secrets becomes whoever it likes.',
  fix: 'Grant the rights that are used, to one ServiceAccount, through a Role of its own.',
  serves: ['CIS Kubernetes 5.1.1', 'CIS Kubernetes 5.1.2', 'CIS Kubernetes 5.1.7', 'CIS Kubernetes 5.1.8', 'NSA/CISA: Role-based access control'],
  of: ofKind('Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'),
  check: (on) => [
    ...listOf(on.json['rules']).flatMap((granted, i) => [
      ...textsOf(get(granted, 'verbs')).filter((v) => verbs.includes(v)).map((v) => breach(on, ['rules', i, 'verbs'], `grants ${v}`)),
      ...(textsOf(get(granted, 'resources')).includes('secrets') ? [breach(on, ['rules', i, 'resources'], 'grants Secrets')] : []),
    ]),
    ...(['cluster-admin', 'admin', 'edit'].includes(textOf(get(on.json, 'roleRef', 'name')) ?? '') ? [breach(on, ['roleRef', 'name'], `binds ${String(get(on.json, 'roleRef', 'name'))}`)] : []),
    ...listOf(on.json['subjects']).flatMap((subject, i) => {
      const name = textOf(get(subject, 'name')) ?? '';
      return everybody.includes(name) ? [breach(on, ['subjects', i, 'name'], `binds ${name}`)] : [];
    }),
  ],
});
