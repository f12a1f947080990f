import type { Declared, LocalEnvironment, Platform, Target } from '../../model/index.ts';
import { planOf, type LocalPlan } from './plan.ts';

/** The process plan of a laptop, written down for reviewers; the runner calls `planOf` itself. */
export const local: Target<Platform, LocalEnvironment> = (platform, environment) => {
  const plan = planOf(platform, environment);
  return [{ path: 'plan.json', text: `${JSON.stringify(plan, null, 2)}\n`, declares: declaresOf(plan) }];
};

function declaresOf(plan: LocalPlan): Declared[] {
  return [
    ...plan.processes.flatMap(({ name, allow }): Declared[] => [
      { object: `process/${name}`, workload: name },
      ...allow.map(({ reference, to }) => ({ object: `allow/${name}-to-${to}`, workload: name, declaredBy: reference })),
    ]),
    ...plan.backings.map(({ name }) => ({ object: `backing/${name}` })),
  ];
}
