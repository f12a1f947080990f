import { pick } from '../../drill.ts';
import type { Kind } from '../incident.ts';
import { fastEnough } from '../probes.ts';

/** Far above what either takes on a busy laptop, far below what the statement waits. */
const MOST_MS = 350;

export const slowQuery: Kind = {
  name: 'slow-query',
  about: 'a statement of the database waits for most of a second',
  make(random) {
    const wait = `(select pg_sleep(${(0.7 + Math.floor(random() * 4) / 10).toFixed(1)})) is not null and`;
    const common = { kind: 'slow-query', released: true, why: 'What was written a moment ago may not have arrived at the replica yet: give it its time.' };
    return pick(random, [
      {
        ...common, workload: 'configuration', title: 'Read settings when the replica has caught up', hop: 'configuration → its database (settings)',
        edits: [{ path: 'services/configuration/adapters/settings-table.ts', from: 'from settings where environment = $1 and name = $2 order by', to: `from settings where ${wait} environment = $1 and name = $2 order by` }],
        symptom: 'Whatever has to look at a setting takes ages since a while.',
        // Nobody has written it, so no cache knows it.
        probe: ({ person }) => fastEnough((turn) => person.ask('GET', `/v1/settings/local/unwritten-${turn}`), MOST_MS),
      },
      {
        ...common, workload: 'auth', title: 'Look a person up when the replica has caught up', hop: 'auth → its database (identity)',
        edits: [{ path: 'services/auth/adapters/people.ts', from: 'from people where name = $1', to: `from people where ${wait} name = $1` }],
        symptom: 'Signing in, and everything that changes something, has become sluggish.',
        probe: (place) => fastEnough(() => place.signIn('tokens'), MOST_MS),
      },
    ]);
  },
};
