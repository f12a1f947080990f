import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readCommit, writeBlob, writeCommit, writeTree } from './git-objects.ts';
import { createBare } from './git-refs.ts';
import { heldBy, NO_HOLDS, readHolds, writeHolds, type Hold, type HoldRecord } from './holds.ts';

let folder: string;
beforeAll(async () => createBare(folder = await mkdtemp(join(tmpdir(), 'journey-test-holds-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const digest = `sha256:${'1'.repeat(64)}`;
const hold = (environment: string, subject: string, value: string): Hold => ({ id: 1, environment, subject, value, reason: 'bad', by: 'automatic', at: '2026-01-01T00:00:00Z' });
const step = { before: null, what: 'Hold it', reason: 'bad\n\nBy: mallory', by: 'ada@example.com', at: '2026-01-01T00:00:00Z' };

test('a bad build is held everywhere, a bad knob where it was tried', () => {
  const holds = [hold('dev', 'release/gateway', digest), hold('local', 'knob/rateLimit', '1')];
  expect(heldBy({ environment: 'staging', subject: 'release/gateway', to: digest }, holds)).toBe(holds[0]);
  expect(heldBy({ environment: 'dev', subject: 'release/auth', to: digest }, holds)).toBeUndefined();
  expect(heldBy({ environment: 'local', subject: 'knob/rateLimit', to: '1' }, holds)).toBe(holds[1]);
  expect(heldBy({ environment: 'dev', subject: 'knob/rateLimit', to: '1' }, holds)).toBeUndefined();
  expect(heldBy({ environment: 'local', subject: 'knob/rateLimit', to: '2' }, holds)).toBeUndefined();
});

test('what is written is read again, and says who and why; before the first there is nothing', async () => {
  const record: HoldRecord = { version: 1, last: 7, holds: [hold('local', 'knob/banner', ''), hold('dev', 'release/gateway', digest)] };
  const commit = await writeHolds(folder, record, step);
  expect(await readHolds(folder, commit)).toEqual(record);
  expect(await readHolds(folder, null)).toEqual(NO_HOLDS);
  const { message, author } = await readCommit(folder, commit);
  expect([message, author.name]).toEqual(['Hold it\n\nbad\n\nBy: mallory\n\nBy: ada@example.com', 'ada@example.com']);
});

const committed = async (path: string, text: string) => writeCommit(folder, { tree: await writeTree(folder, [{ mode: '100644', type: 'blob', object: await writeBlob(folder, text), path }]), parents: [], message: 'x\n', author: 'x', at: step.at });
const of = (more: object) => JSON.stringify({ version: 1, last: 1, holds: [{ ...hold('dev', 'knob/a', '1'), ...more }] });

test.each([
  ['another file', 'other.json', '{}', 'has no file holds.json'], ['no JSON', 'holds.json', '{', 'is not JSON'], ['another version', 'holds.json', '{"version":2,"last":0,"holds":[]}', '/version'],
  ['a field too many', 'holds.json', of({ __proto__: undefined, more: 1 }), 'additional properties'], ['a strange subject', 'holds.json', of({ subject: 'release/../x' }), '/subject'],
  ['a strange environment', 'holds.json', of({ environment: '-x' }), '/environment'], ['a value without end', 'holds.json', of({ value: 'x'.repeat(1001) }), '/value'],
])('%s is refused with what helps: what nobody can read lets nothing pass', async (_, path, text, said) => {
  await expect(readHolds(folder, await committed(path, text))).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining(said), fix: expect.stringContaining('git log -p refs/journey/holds') });
});
