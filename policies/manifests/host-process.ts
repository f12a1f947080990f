import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { contextsOf } from './pods.ts';

export const hostProcess = rule({
  id: 'host-process',
  why: 'A Windows HostProcess container is a program of the node with all its rights.',
  fix: 'Remove windowsOptions.hostProcess.',
  serves: ['Pod Security Standards, Baseline: HostProcess', 'CIS Kubernetes 5.2.11'],
  of: contextsOf,
  check: ({ on, at, context }) => (get(context, 'windowsOptions', 'hostProcess') === true ? [breach(on, [...at, 'windowsOptions', 'hostProcess'], 'runs as a process of the node')] : []),
});
