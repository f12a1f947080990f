import { readable } from '../manifests/readable.ts';
import type { Rule } from '../rule.ts';
import { release, unbuiltRelease } from './release.ts';

/**
 * What can hold or not where there is no manifest: of release files, and of a laptop's plan and graph. They need no schema,
 * so they can be asked where the packages for development are not installed.
 */
export const releaseRules: readonly Rule[] = [readable, release, unbuiltRelease];
