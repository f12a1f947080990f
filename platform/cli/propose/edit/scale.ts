import { CliError, exit } from '../../command.ts';
import type { ScaleChange } from '../proposal.ts';
import { readEnvironment, type Kind } from './environment-file.ts';
import { literalOf } from './literal.ts';
import { replaced } from './range.ts';
import { unknownWorkload } from './release.ts';

/** `Replicas`, `Scale` and `RedundantScale` of the model: the least and the most that `replicas` may be. */
const LIMITS: Readonly<Record<Kind, readonly [number, number]>> = { local: [1, 4], cluster: [1, 1000], production: [2, 6] };

/**
 * `environments/<environment>.ts` with another size of one workload: the numbers change and nothing else.
 * @throws {CliError} exit 2, naming what is allowed
 */
export function editScale(text: string, { environment, workload, replicas, most }: ScaleChange): string {
  const file = readEnvironment(environment, text);
  const size = file.scale.get(workload);
  if (!size) throw unknownWorkload(environment, workload, [...file.scale.keys()]);
  const [least, highest] = LIMITS[file.kind];
  const refused = (why: string, fix: string) => new CliError(exit.usage, { what: `${workload} cannot have this size in "${environment}".`, why, fix });
  if (replicas < least || replicas > highest) throw refused(`Its replicas may be ${least} to ${highest}.`, `Send \`replicas\` from ${least} to ${highest}.`);
  if ('replicas' in size) {
    if (most !== undefined) throw refused('A laptop has no autoscaler.', 'Leave `most` out.');
    return size.replicas.value === replicas ? text : replaced(text, [{ ...size.replicas, by: literalOf(replicas) }]);
  }
  const max = most ?? size.max.value;
  if (Number(max) < replicas) throw refused(`At most ${max} would be fewer than at least ${replicas}.`, `Send \`most\` from ${replicas} to 1000.`);
  return replaced(text, [
    ...(size.min.value === replicas ? [] : [{ ...size.min, by: literalOf(replicas) }]),
    ...(size.max.value === max ? [] : [{ ...size.max, by: literalOf(max) }]),
  ]);
}
