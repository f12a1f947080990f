import { get, textsOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isApplication } from './application.ts';

export const applicationSync = rule({
  id: 'application-sync',
  why: 'Without automatic sync, pruning and healing a cluster is what somebody once did by hand; without retries one slow start stops a rollout.',
  fix: 'Write syncPolicy.automated with prune and selfHeal, a retry with back-off, and the option FailOnSharedResource=true.',
  serves: ['NSA/CISA: Upgrading and application security practices'],
  of: ({ manifests }) => manifests.filter(isApplication),
  check: (on) => {
    const policy = get(on.json, 'spec', 'syncPolicy');
    const automated = get(policy, 'automated');
    const limit = get(policy, 'retry', 'limit');
    const at = (...path: string[]) => ['spec', 'syncPolicy', ...path];
    return [
      ...['prune', 'selfHeal'].filter((key) => get(automated, key) !== true).map((key) => breach(on, at('automated', key), 'is not true')),
      // What is paused, people pause in the cluster; a manifest that does would pause it for ever.
      ...(get(automated, 'enabled') === false ? [breach(on, at('automated', 'enabled'), 'pauses automatic sync')] : []),
      ...(get(automated, 'allowEmpty') === true ? [breach(on, at('automated', 'allowEmpty'), 'lets a wrong path remove everything')] : []),
      ...(typeof limit === 'number' && limit > 0 ? [] : [breach(on, at('retry', 'limit'), 'does not say how often')]),
      ...['duration', 'factor', 'maxDuration'].filter((key) => get(policy, 'retry', 'backoff', key) === undefined).map((key) => breach(on, at('retry', 'backoff', key), 'is missing')),
      ...(textsOf(get(policy, 'syncOptions')).includes('FailOnSharedResource=true') ? [] : [breach(on, at('syncOptions'), 'lets it take over what another Application applied')]),
    ];
  },
});
