import { expect, test } from '@jest/globals';
import type { Journey } from './declared.ts';
import { isDrill } from './drill.ts';

const message = 'Read settings later\n\nBecause.\n\nDrill: incident\n';
const journey = (delivery: Partial<Journey['delivery']>, release = 'worktree'): Journey =>
  ({ nodes: [{ name: 'gateway', kind: 'workload', release }], knobs: [], edges: [], secrets: [], delivery: { approvals: { release: 0, model: 1 }, ...delivery } });

test('a commit that says so stays where the environment lets it', () => expect(isDrill(message, journey({ drills: true }))).toBe(true));

test.each<[string, string, Journey | null]>([
  ['a commit that does not say so', 'Read settings later\n', journey({ drills: true })],
  ['the word in the text', 'Read settings later\n\nDrill: incident\n\nChange: 1\n', journey({ drills: true })],
  ['an environment that does not let it', message, journey({})],
  ['an environment that was not there', message, null],
  ['one where a release is approved', message, journey({ drills: true, approvals: { release: 1, model: 1 } })],
  ['one that runs images', message, journey({ drills: true }, `sha256:${'a'.repeat(64)}`)],
])('%s does not', (_name, text, before) => expect(isDrill(text, before)).toBe(false));
