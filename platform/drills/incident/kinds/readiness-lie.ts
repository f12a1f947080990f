import { pick } from '../../drill.ts';
import type { Kind } from '../incident.ts';
import { writtenIsRead } from '../probes.ts';

const PATH = 'services/configuration/adapters/settings-table.ts';

export const readinessLie: Kind = {
  name: 'readiness-lie',
  about: 'it says that it is ready, and reads well, and cannot write',
  make: (random) => ({
    kind: 'readiness-lie', workload: 'configuration', released: true,
    ...pick(random, [
      {
        title: 'Versions of a setting begin at zero', why: 'As everything else that is counted.',
        edits: [{ path: PATH, from: 'coalesce(max(version), 0) + 1, $3', to: 'coalesce(max(version), 0), $3' }],
      },
      {
        title: 'settings: say who the author is', why: 'The column is about an author, so it is called so.',
        edits: [{ path: PATH, from: 'insert into settings (environment, name, version, value, changed_by)', to: 'insert into settings (environment, name, version, value, author)' }],
      },
    ]),
    symptom: 'Settings cannot be saved. Everything is green.',
    hop: 'configuration → its database (settings), when it writes', probe: writtenIsRead,
  }),
};
