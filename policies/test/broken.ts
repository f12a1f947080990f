import { brokenPods } from './broken-pods.ts';
import { brokenSets } from './broken-sets.ts';
import { brokenStacks } from './broken-stacks.ts';

/** One thing that is wrong, as files below `policies/fixtures/<rule>/<name>/`; text is written as it is, a list as YAML documents, an object as JSON. */
export interface Broken { readonly rule: string; readonly name: string; readonly files: Readonly<Record<string, string | object>> }

export const broken: readonly Broken[] = [...brokenPods, ...brokenSets, ...brokenStacks];
