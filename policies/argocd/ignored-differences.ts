import { entriesOf, get, listOf, textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isApplication } from './application.ts';

/** Fields that are somebody else's, by kind: the autoscaler's, and that of whoever pauses automatic sync. */
const OWNED: Readonly<Record<string, readonly string[]>> = {
  'apps Deployment': ['/spec/replicas'],
  'argoproj.io Application': ['/spec/syncPolicy/automated/enabled'],
};
const KNOWN = ['group', 'kind', 'name', 'namespace', 'jsonPointers'];

export const ignoredDifferences = rule({
  id: 'ignored-differences',
  why: 'What is ignored drifts unseen and is never healed: an image, a role or a policy changed by hand would look Synced.',
  fix: 'Ignore a field only where another controller writes it, by its full pointer, and add it to policies/argocd/ignored-differences.ts with its owner.',
  serves: ['NSA/CISA: Audit logging and threat detection'],
  of: ({ manifests }) => manifests.filter(isApplication).flatMap((on) => listOf(get(on.json, 'spec', 'ignoreDifferences')).map((json, i) => ({ on, json, i }))),
  check: ({ on, json, i }) => {
    const at = ['spec', 'ignoreDifferences', i];
    const owned = OWNED[`${textOf(get(json, 'group')) ?? ''} ${textOf(get(json, 'kind')) ?? ''}`] ?? [];
    const pointers = listOf(get(json, 'jsonPointers'));
    return [
      ...entriesOf(json).filter(([key]) => !KNOWN.includes(key)).map(([key]) => breach(on, [...at, key], 'ignores more than a field can say')),
      ...pointers.flatMap((pointer, j) => (typeof pointer === 'string' && owned.includes(pointer) ? [] : [breach(on, [...at, 'jsonPointers', j], `ignores ${String(pointer)}, which nobody else owns`)])),
      ...(get(json, 'namespace') === undefined ? [breach(on, [...at, 'namespace'], 'ignores it in every namespace')] : []),
    ];
  },
});
