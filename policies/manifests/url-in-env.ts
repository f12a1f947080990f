import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containerLiterals } from './literals.ts';

export const urlInEnv = rule({
  id: 'url-in-env',
  why: 'An address written as text is a connection that nobody declared: no edge, no policy, no reviewer sees it.',
  fix: 'Bind it in platform/workloads/ with url() or use(); references come to the pod through its ConfigMap or Secret.',
  serves: ['NSA/CISA: Network policies', 'CIS Kubernetes 5.4.1'],
  of: containerLiterals,
  check: ({ on, at, value }) => (value.includes('://') ? [breach(on, at, `holds the address ${masked(value)}`)] : []),
});

/** Without what may be a password. */
const masked = (value: string): string => (/\w*:\/\/[^\s,;"']*/.exec(value)?.[0] ?? '').replace(/\/\/[^/@]*@/, '//…@').slice(0, 80);
