import { get, textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { hooksOf } from './hooks.ts';

const ONE_PHASE = ['PreSync', 'Sync', 'PostSync'];

export const jobHooks = rule({
  id: 'job-hooks',
  why: "A Job's template cannot be changed: one that is no hook fails each sync after the first, one that is not deleted before fails the second. Anything else that is a hook is not applied, healed or pruned like the rest.",
  fix: 'Annotate a Job, and nothing else, with argocd.argoproj.io/hook: Sync or PostSync, and hook-delete-policy: BeforeHookCreation.',
  serves: ['Kubernetes documentation: Jobs'],
  of: ({ manifests }) => manifests.filter((m) => m.kind === 'Job' || hooksOf(m).length > 0),
  check: (on) => {
    const at = ['metadata', 'annotations'];
    const hooks = hooksOf(on);
    if (on.kind !== 'Job') return [breach(on, [...at, 'argocd.argoproj.io/hook'], `makes a hook of it: ${hooks.join(', ')}`)];
    const policy = textOf(get(on.json, ...at, 'argocd.argoproj.io/hook-delete-policy')) ?? '';
    return [
      ...(hooks.length === 1 && ONE_PHASE.includes(hooks.join()) ? [] : [breach(on, [...at, 'argocd.argoproj.io/hook'], hooks.length === 0 ? 'is missing' : `is ${hooks.join(', ')}`)]),
      ...(policy.split(',').map((one) => one.trim()).includes('BeforeHookCreation') ? [] : [breach(on, [...at, 'argocd.argoproj.io/hook-delete-policy'], 'does not delete the last one before')]),
    ];
  },
});
