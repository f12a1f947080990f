import { pick } from '../../drill.ts';
import { middleware } from '../edits.ts';
import type { Kind } from '../incident.ts';
import { allAnswered, FREEZE } from '../probes.ts';

export const errors: Kind = {
  name: 'errors',
  about: 'one request in about twenty ends with an error',
  make(random) {
    const { workload, path, symptom } = pick(random, [
      { workload: 'configuration', path: FREEZE, symptom: 'Now and then something fails for no reason; the second try works.' },
      { workload: 'monitoring', path: '/v1/workloads', symptom: 'The page of journeys fails now and then; a reload helps. Some traces are not whole.' },
    ]);
    const each = 14 + Math.floor(random() * 7);
    return {
      kind: 'errors', workload, released: true, title: `${workload}: shed load before it hurts`, why: 'A service that is asked too much says so early. Under usual load nobody will notice.',
      edits: [middleware(workload, 'let taken = 0;', `taken += 1;\n      if (taken % ${each} === 0) throw new Error('too much to do');\n      next();`)],
      symptom, hop: `gateway → ${workload}`, probe: (place) => allAnswered(place, path, 5 * each),
    };
  },
};
