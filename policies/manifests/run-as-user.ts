import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { contextsOf } from './pods.ts';

export const runAsUser = rule({
  id: 'run-as-user',
  why: 'User 0 is root, whatever the image says.',
  fix: 'Give a number above 0, or leave it to the image.',
  serves: ['Pod Security Standards, Restricted: Running as Non-root user', 'CIS Kubernetes 5.2.7', 'NSA/CISA: Non-root containers'],
  of: contextsOf,
  check: ({ on, at, context }) => (get(context, 'runAsUser') === 0 ? [breach(on, [...at, 'runAsUser'], 'runs as the user 0')] : []),
});
