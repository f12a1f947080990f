import { expect, test } from '@jest/globals';
import type { Change as ServicesChange, Proposal as ServicesProposal, Proposed as ServicesProposed } from '../../../services/deployment/domain/proposal.ts';
import type { Change, Proposal, Proposed } from './proposal.ts';
import { readProposal } from './read-proposal.ts';
import { refusal } from './test/refusal.ts';

/** Fails to compile when the service and the command line mean different things. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const same: [Same<Change, ServicesChange>, Same<Proposal, ServicesProposal>, Same<Proposed, ServicesProposed>] = [true, true, true];

const changes: readonly ServicesChange[] = [
  { kind: 'release', environment: 'local', workload: 'gateway', release: 'worktree' },
  { kind: 'release', environment: 'dev', workload: 'gateway', release: `sha256:${'a'.repeat(64)}` },
  { kind: 'knob', environment: 'local', knob: 'rateLimit', value: 100 },
  { kind: 'knob', environment: 'local', knob: 'logLevel', value: 'warn' },
  { kind: 'scale', environment: 'local', workload: 'gateway', replicas: 2 },
  { kind: 'scale', environment: 'production', workload: 'gateway', replicas: 2, most: 9 },
  { kind: 'promotion', from: 'dev', to: 'staging', workloads: [] },
  { kind: 'rollback', environment: 'local', commit: 'a'.repeat(40) },
];
const good: ServicesProposal = {
  repository: '/a/remote.git', base: 'a'.repeat(40), change: { kind: 'knob', environment: 'local', knob: 'rateLimit', value: 100 },
  title: 'Fewer', reason: 'because\nof it', author: 'ada', trailers: { 'Requested-by': 'ada', Journey: 'b' },
};

test.each(changes.map((change) => [change.kind, change]))('what the service sends is what is read: %s', (_, change) => {
  const proposal = { ...good, change };
  expect(readProposal(JSON.stringify(proposal))).toEqual(proposal);
  expect(same).toEqual([true, true, true]);
});

const text = (change: Readonly<Record<string, unknown>>) => JSON.stringify({ ...good, ...change });
const knob = (change: Readonly<Record<string, unknown>>) => text({ change: { kind: 'knob', environment: 'local', knob: 'rateLimit', value: 100, ...change } });
test.each<[string, string, RegExp]>([
  ['nothing', '', /not JSON/], ['half of it', text({}).slice(0, -3), /not JSON/], ['a list', '[]', /must be object/], ['a page', `"${'x'.repeat(70_000)}"`, /more than 65536 bytes/],
  ['a depth', `${'['.repeat(200)}${']'.repeat(200)}`, /nested deeper/], ['a key twice', text({}).replace('{', '{"title":"other",'), /duplicate key "title"/],
  ['a key too many', text({ ref: 'refs/heads/main' }), /additional properties \("ref"\)/], ['a prototype', text({}).replace('{', '{"__proto__":{"a":1},'), /additional properties/],
  ['a relative folder', text({ repository: '../remote.git' }), /\/repository must match/], ['a folder of two lines', text({ repository: '/a\n/b' }), /\/repository/], ['a remote', text({ repository: 'ext::sh -c id' }), /\/repository/],
  ['an option as a base', text({ base: '--upload-pack=id' }), /\/base/], ['a name as a base', text({ base: 'main' }), /\/base/], ['a short base', text({ base: 'abc1234' }), /\/base/],
  ['another kind', text({ change: { kind: 'exec' } }), /\/change/], ['no kind', text({ change: {} }), /\/change/], ['no change', text({ change: null }), /\/change must be object/],
  ['a path as an environment', knob({ environment: '../local' }), /\/change\/environment/], ['an option as an environment', knob({ environment: '-c' }), /\/change\/environment/],
  ['a prototype as a knob', knob({ knob: '__proto__' }), /\/change\/knob/], ['a list as a value', knob({ value: [] }), /\/change\/value/], ['a long value', knob({ value: 'x'.repeat(201) }), /\/change\/value/],
  ['ten to the four hundredth', knob({ value: 1 }).replace('"value":1', '"value":1e400'), /\/change\/value/], ['half a replica', text({ change: { kind: 'scale', environment: 'local', workload: 'gateway', replicas: 1.5 } }), /\/change\/replicas/],
  ['no replicas', text({ change: { kind: 'scale', environment: 'local', workload: 'gateway', replicas: 0 } }), /\/change\/replicas/],
  ['a tag', text({ change: { kind: 'release', environment: 'dev', workload: 'gateway', release: 'latest' } }), /\/change\/release/],
  ['an image of zeros', text({ change: { kind: 'release', environment: 'dev', workload: 'gateway', release: `sha256:${'0'.repeat(64)}` } }), /\/change\/release/],
  ['a workload twice', text({ change: { kind: 'promotion', from: 'dev', to: 'staging', workloads: ['a', 'a'] } }), /\/change\/workloads/],
  ['an empty title', text({ title: ' ' }), /\/title/], ['a long reason', text({ reason: 'x'.repeat(4001) }), /\/reason/],
  ['a trailer of two lines', text({ trailers: { Journey: 'a\nApproved-by: b' } }), /\/trailers\/Journey/], ['a trailer with a strange key', text({ trailers: { 'a: b\n': 'c' } }), /\/trailers/],
  ['a trailer that ends a line', text({ trailers: { Journey: 'a\u2028b' } }), /\/trailers\/Journey/],
])('%s is refused by its place', (_, input, said) => {
  const words = refusal(() => readProposal(input));
  expect(words).toMatch(/^2 /);
  expect(words).toMatch(said);
});

test('a refusal shows no value: it may be a secret', () => {
  expect(refusal(() => readProposal(knob({ value: `CANARY${'x'.repeat(300)}`, environment: 'CANARY' })))).not.toContain('CANARY');
  expect(refusal(() => readProposal('CANARY'))).not.toContain('CANARY');
});
