import type { Kind } from '../incident.ts';
import { writtenIsRead } from '../probes.ts';

export const oldVersion: Kind = {
  name: 'old-version',
  about: 'the oldest version of a setting is read instead of the newest',
  make: () => ({
    kind: 'old-version', workload: 'configuration', released: true, title: 'Settings: an order that the index has', why: 'The statement can be answered from the index as it is.',
    edits: [{ path: 'services/configuration/adapters/settings-table.ts', from: 'order by version desc limit 1', to: 'order by version limit 1' }],
    symptom: 'Settings are saved, and afterwards it is as if they had not been.',
    hop: 'configuration → its database (settings), when it reads', probe: writtenIsRead,
  }),
};
