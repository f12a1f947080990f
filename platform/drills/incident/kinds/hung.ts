import { middleware } from '../edits.ts';
import type { Kind } from '../incident.ts';
import { allAnswered, FREEZE } from '../probes.ts';

export const hung: Kind = {
  name: 'hung',
  about: 'one request in about ten is never answered',
  make(random) {
    const each = 8 + Math.floor(random() * 5);
    return {
      kind: 'hung', workload: 'configuration', released: true, title: 'configuration: a request joins the one before it', why: 'Two that ask the same at one time need one answer between them.',
      edits: [middleware('configuration', 'let asked = 0;', `asked += 1;\n      if (asked % ${each} !== 0) next();`)],
      symptom: 'Now and then a page waits until it gives up.',
      hop: 'gateway → configuration, which does not answer', probe: (place) => allAnswered(place, FREEZE, 4 * each),
    };
  },
};
