import type { Cause, Describer, Sides } from './cause.ts';
import { descriptions, migrations, rights } from './causes/contract.ts';
import { hosts, issuers, ports } from './causes/door.ts';
import { objectives } from './causes/objective.ts';
import { deliveries, places } from './causes/place.ts';
import { addresses, options, providers, recovery } from './causes/provider.ts';
import { references, secrets } from './causes/reference.ts';
import { knobs, releases, resources, scaleOn, scales } from './causes/value.ts';
import { backings, environments, workloads } from './causes/workload.ts';

/** Everything that is recognized, in the order in which a summary tells it. */
const describers: readonly Describer[] = [
  workloads, backings, releases, knobs, references, secrets, scales, scaleOn, resources, objectives, hosts, issuers, ports, rights, migrations,
  providers, options, addresses, recovery, places, deliveries, descriptions,
];

/** What was decided differently. An environment that is new or gone as a whole is one decision. */
export function causesOf(sides: Sides): readonly Cause[] {
  const whole = environments(sides);
  return whole.length > 0 ? whole : describers.flatMap((describe) => describe(sides));
}
