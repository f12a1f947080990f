import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { secretLooking } from '../secret-looking.ts';
import { configLiterals, containerLiterals } from './literals.ts';

export const literalSecret = rule({
  id: 'literal-secret',
  why: 'What is in git is known to everybody who ever clones it, and cannot be taken back.',
  fix: 'Bind it in platform/workloads/ with secretNamed(); the pod gets it from its Secret. A value that came this far must be replaced.',
  serves: ['CIS Kubernetes 5.4.1', 'CIS Kubernetes 5.4.2', 'NSA/CISA: Secrets'],
  of: (rendered) => [...containerLiterals(rendered), ...configLiterals(rendered)],
  check: ({ on, at, name, value }) => {
    const reason = secretLooking(name, value);
    return reason === undefined ? [] : [breach(on, at, reason)]; // the value itself is never printed
  },
});
