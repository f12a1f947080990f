import { environmentMutators } from './environment-mutators.ts';
import type { Mutator } from './mutation.ts';
import { platformMutators } from './platform-mutators.ts';

export const mutators: Readonly<Record<string, Mutator>> = { ...environmentMutators, ...platformMutators };
