import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { customMistakes, knowsCustom } from '../schemas/custom.ts';

export const customSchema = rule({
  id: 'custom-schema',
  why: 'A custom resource is applied as it is written; its operator skips a field that it does not know.',
  fix: "Write the field as the resource's definition names it.",
  serves: ['CIS Kubernetes 5.2.1'],
  of: ({ manifests }) => manifests.filter((m) => knowsCustom(m.apiVersion, m.kind)),
  check: (on) => customMistakes(on.apiVersion, on.kind, on.json).map(({ path, what }) => breach(on, path, what)),
});
