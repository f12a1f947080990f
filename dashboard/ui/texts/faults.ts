import type { Fault, FaultKind } from '../../api/monitoring.ts';
import { bannerTexts, faultNames as names } from './fault-banner.ts';

export const faultTexts = {
  ...bannerTexts,
  lead: 'Make a workload go wrong for a while, then watch which hops feel it. A fault ends by itself.',
  name: (kind: FaultKind) => names[kind],
  none: 'Nothing is wrong on purpose.', noneNext: 'Switch a fault on and send a request.',
  form: 'Switch one on', workload: 'Workload', kind: 'Kind', strength: (unit: string, least: number, most: number) => `Strength in ${unit}, ${least} to ${most}`,
  seconds: 'Seconds', secondsHint: (most: number) => `It ends by itself after this; ${most} at most`,
  reasonHint: 'Kept in the audit record',
  submit: 'Switch it on', busy: 'Switching…', end: 'End it', endSaid: (kind: FaultKind, workload: string) => `End ${names[kind]} at ${workload}`,
  on: 'On now',
  held: ({ holding, answering }: Fault) => (answering === 0 ? 'No process of the workload answers: nobody can tell whether it is on.' : holding < answering ? `At ${holding} of ${answering} processes: the others follow within a second, if they can.` : holding > 1 ? `At all ${holding} processes.` : ''),
  forbidden: 'The model of this environment allows no faults.', forbiddenNext: 'Where `faults: true` stands in its file below environments/, this page has a switch. Production cannot have one.',
  loading: 'Asking which faults are on…',
} as const;
