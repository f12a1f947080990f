import { coverage } from './coverage.ts';
import { drills } from './drills.ts';
import { endToEnd } from './end-to-end.ts';
import { program, type Step } from './step.ts';
import { unit } from './unit.ts';
import { workflows } from './workflows.ts';

const node = process.execPath;

/** What green means, in the order in which it is cheapest to be told no. */
export const steps: readonly Step[] = [
  program('types', 'tsc, strict, over everything but the pages', [node, 'node_modules/typescript/bin/tsc', '-p', '.']),
  program('types of the pages', 'tsc over the dashboard', [node, 'node_modules/typescript/bin/tsc', '-p', 'dashboard']),
  program('lint', 'oxlint: 300-line cap, banned imports, no any, no assertions', [node, 'node_modules/oxlint/bin/oxlint']),
  program('import rules', 'policies/imports.cjs', [node, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', 'policies/imports.cjs', 'services', 'platform', 'environments', 'dashboard', 'policies', 'argocd']),
  workflows(),
  program('synth --check', 'the committed manifests are what the model says', ['./journey', 'synth', '--check']),
  program('check', 'policies over every synthesized object', ['./journey', 'check']),
  unit,
  coverage,
  endToEnd,
  drills,
];
