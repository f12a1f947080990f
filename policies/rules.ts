import { argocdRules } from './argocd/rules.ts';
import { manifestRules } from './manifests/rules.ts';
import { release, unbuiltRelease } from './releases/release.ts';
import type { Rule } from './rule.ts';
import { terraformRules } from './terraform/rules.ts';

/** Everything that must hold. */
export const rules: readonly Rule[] = [...manifestRules, ...argocdRules, ...terraformRules, release, unbuiltRelease];
