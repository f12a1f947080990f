import type { Broken } from './change.ts';
import { brokenArgocd } from './broken-argocd.ts';
import { brokenPods } from './broken-pods.ts';
import { brokenSets } from './broken-sets.ts';
import { brokenStacks } from './broken-stacks.ts';

/** Everything that is wrong, once. */
export const broken: readonly Broken[] = [...brokenPods, ...brokenSets, ...brokenArgocd, ...brokenStacks];
