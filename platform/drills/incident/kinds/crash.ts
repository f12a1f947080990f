import { pick } from '../../drill.ts';
import { until } from '../../until.ts';
import type { Kind, Seen } from '../incident.ts';
import type { Place } from '../place.ts';

/** Longer than a process lives that has the fault. */
const WATCHED_SECONDS = 14;

export const crash: Kind = {
  name: 'crash',
  about: 'the process ends a few seconds after it became ready, again and again',
  make(random) {
    const workload = pick(random, ['notification', 'monitoring'] as const);
    const seconds = 6 + Math.floor(random() * 4);
    return {
      kind: 'crash', workload, released: true, title: `${workload}: give the lease up in time`, why: 'A lease that nobody renews must not be kept: whoever has one says so, or ends.',
      edits: [{
        path: `services/${workload}/main.ts`, from: `await run(${workload}, app);`,
        to: `const lease = { renewed: false };\nsetTimeout(() => {\n  if (!lease.renewed) throw new Error('the lease was not renewed');\n}, ${seconds * 1000});\n\nawait run(${workload}, app);`,
      }],
      symptom: workload === 'notification' ? 'Mails come late, in bundles, or not at all.' : 'The traces have holes, and the page of journeys stumbles.',
      hop: `${workload}: the process itself`, probe: (place) => staysUp(place, workload),
    };
  },
};

/** The same process from beginning to end, and it answers. */
async function staysUp(place: Place, workload: string): Promise<Seen> {
  const before = place.process(workload);
  if (before.pid === undefined) return { well: false, seen: 'it has no process' };
  const gone = await until(WATCHED_SECONDS, async () => {
    const { pid } = place.process(workload);
    const ready = await fetch(`${before.url}/readyz`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false);
    return pid === before.pid && ready ? undefined : true;
  });
  return gone === undefined ? { well: true, seen: `one process answered for ${WATCHED_SECONDS} s` } : { well: false, seen: `a process that answered was gone ${gone.after.toFixed(0)} s later` };
}
