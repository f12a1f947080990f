import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { podsOf } from './pods.ts';

export const serviceAccount = rule({
  id: 'service-account',
  why: 'Under the namespace\'s default account all pods are one and the same to the API server and to its audit log.',
  fix: 'Set serviceAccountName to an account of its own.',
  serves: ['CIS Kubernetes 5.1.5', 'NSA/CISA: Role-based access control'],
  of: podsOf,
  check: ({ on, at, spec }) => ([undefined, '', 'default'].some((none) => spec['serviceAccountName'] === none) ? [breach(on, [...at, 'serviceAccountName'], 'runs under the default account')] : []),
});
