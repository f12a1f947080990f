import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeHolds, type Hold } from '../../../services/kit/holds.ts';
import { updateRefs } from '../../../services/kit/git-refs.ts';
import { gitText } from '../../../services/kit/git.ts';
import { exit } from '../command.ts';
import { failure } from '../delivery/test/fake-gateway.ts';
import { repository, type Repository } from '../diff/test/repository.ts';
import { heard } from '../test/heard.ts';
import { command as holds } from './holds.ts';

let made: Repository;
const at = '2026-01-02T03:04:05Z';
const hold = (value: string, more: Partial<Hold> = {}): Hold => ({ id: 1, environment: 'local', subject: 'knob/rateLimit', value, reason: 'too\nfew', by: 'otto@example.com', at, ...more });
const commits: Record<'before' | 'after', string> = { before: '', after: '' };
const range = () => `${commits.before}..${commits.after}`;

async function heldAre(...all: readonly Hold[]): Promise<void> {
  const before = await gitText(made.folder, ['for-each-ref', '--format=%(objectname)', 'refs/journey/holds']);
  const to = await writeHolds(made.folder, { version: 1, last: 9, holds: all }, { before: before === '' ? null : before, what: 'Hold', reason: 'x', by: 'otto', at });
  await updateRefs(made.folder, [{ ref: 'refs/journey/holds', to }]);
}

beforeAll(async () => {
  made = await repository();
  const files = new Map(['synth/local/journey.json', 'synth/local/plan.json'].map((path) => [path, readFileSync(path, 'utf8')]));
  commits.before = await made.commit('main', files);
  const changed = [...files].map(([path, text]) => [path, text.replace(/("name": "rateLimit",[^}]*"value": )200/, '$17').replace(/"value": "200"(,\s*"knob": "rateLimit")/, '"value": "7"$1')] as const);
  commits.after = await made.commit('change', new Map(changed));
});
afterAll(() => made.remove());

test('a range is refused that brings what is held, by what is in git alone', async () => {
  const run = (json = false) => { const world = heard('/nowhere', json); return { ...world, done: holds.run(world.io, [range()], { repository: made.folder }) }; };
  const free = run();
  expect([await free.done, free.printed, free.told]).toEqual([exit.ok, [], ['Nothing of it is held.']]);

  await heldAre(hold('8'), hold('7', { environment: 'dev' }), hold('7', { subject: 'knob/telemetryDays' }));
  expect(await run().done).toBe(exit.ok);

  await heldAre(hold('7'), hold('200'));
  const refused = run();
  expect(await failure(refused.done)).toMatchObject({ code: exit.model, message: expect.stringContaining('may not come again'), fix: expect.stringContaining('./journey lift') });
  expect(refused.printed).toEqual(['local  knob/rateLimit 7  platform/knobs.ts:8  held by otto@example.com: too few']);
  const json = run(true);
  await failure(json.done);
  expect(json.emitted).toEqual([{ held: [expect.objectContaining({ environment: 'local', subject: 'knob/rateLimit', to: '7', hold: expect.objectContaining({ by: 'otto@example.com' }) })] }]);
});

test('the record of the remote of `up` counts where the checkout has none', async () => {
  const root = dirname(made.folder);
  mkdirSync(join(root, '.journey'));
  const checkout = join(root, '.git');
  await gitText(made.folder, ['clone', '--quiet', '--bare', '--', made.folder, checkout]);
  renameSync(made.folder, join(root, '.journey', 'remote.git'));
  try {
    expect(await failure(holds.run(heard(root).io, [range()], {}))).toMatchObject({ code: exit.model });
    expect(await holds.run(heard(root).io, [range()], { repository: checkout })).toBe(exit.ok);
  } finally {
    renameSync(join(root, '.journey', 'remote.git'), made.folder);
  }
});

test('a record that cannot be read refuses everything', async () => {
  const tree = await gitText(made.folder, ['rev-parse', `${commits.before}^{tree}`]);
  await updateRefs(made.folder, [{ ref: 'refs/journey/holds', to: await gitText(made.folder, ['commit-tree', tree, '-m', 'x'], { identity: { GIT_AUTHOR_NAME: 'x', GIT_AUTHOR_EMAIL: 'x', GIT_COMMITTER_NAME: 'x', GIT_COMMITTER_EMAIL: 'x' } }) }]);
  expect(await failure(holds.run(heard('/nowhere').io, [range()], { repository: made.folder }))).toMatchObject({ code: exit.model, message: expect.stringContaining('cannot be read') });
});
