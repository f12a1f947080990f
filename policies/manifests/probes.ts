import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf, SERVING } from './pods.ts';

export const probes = rule({
  id: 'probes',
  why: 'Without readiness a pod gets requests before it can answer; without liveness one that hangs is never restarted.',
  fix: 'Set livenessProbe and readinessProbe.',
  serves: ['NSA/CISA: Hardening container environments'],
  of: (rendered) => containersOf(rendered).filter((c) => c.list === 'containers' && SERVING.includes(c.on.kind)),
  check: ({ on, at, json, name }) => ['livenessProbe', 'readinessProbe'].filter((key) => json[key] === undefined).map((key) => breach(on, [...at, key], `${name} has no ${key}`)),
});
