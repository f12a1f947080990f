import type { ClusterEnvironment, Platform, Target } from '../../model/index.ts';
import { sortedBy } from '../sorted.ts';
import { addCaches } from './cache.ts';
import { addDatabases } from './database.ts';
import { addKey } from './key.ts';
import { addNetwork } from './network.ts';
import { addObjects } from './objects.ts';
import { needsAws, scopeOf } from './scope.ts';
import { addSecrets } from './secret.ts';
import { stable } from './stable.ts';

/** What an environment leaves to AWS, as one stack; nothing where it leaves nothing. */
export const terraform: Target<Platform, ClusterEnvironment> = (platform, environment) => {
  if (!needsAws(platform, environment)) return [];
  const scope = scopeOf(platform, environment);
  const key = addKey(scope);
  const network = addNetwork(scope, key);
  addDatabases(scope, network, key);
  addCaches(scope, network, key);
  addObjects(scope, network, key);
  addSecrets(scope, network, key);
  return [{
    path: 'terraform/cdk.tf.json',
    text: `${JSON.stringify(stable(scope.stack.toJson()), null, 2)}\n`,
    declares: sortedBy(scope.stack.declares, ({ object }) => object),
  }];
};
