import { beforeEach, expect, test } from '@jest/globals';
import { exit } from '../command.ts';
import { BASE, changeLike, COMMIT, entryLike, environmentLike, ID, pageLike } from '../delivery/test/examples.ts';
import type { PersonHere } from '../delivery/person-here.ts';
import { failure, fakeGateway } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as atTerminal, commandWith } from './rollback.ts';

const world = await fakeGateway();

const text = '## 1 change in local\n\n- knob rateLimit `100` → `200`\n';
const facts = [{ hops: ['gateway.AUTH_URL', 'gateway'] }, { hops: ['gateway', 7] }, 'no fact'];
const other = entryLike({ commit: 'e'.repeat(40), parents: [COMMIT] });
beforeEach(() => {
  world.answers = {
    'GET /v1/history': [[200, { entries: [other], next: other.commit }], [200, { entries: [entryLike()] }]],
    'GET /v1/diff': [200, { from: COMMIT, to: BASE, text, environments: [{ facts }] }],
    'GET /v1/environments': [200, { head: COMMIT, environments: [environmentLike(), environmentLike({ name: 'production', approvals: { release: 1, model: 1 } })] }],
    'POST /v1/rollbacks': [202, changeLike({ kind: 'rollback' })],
    [`GET /v1/deployments/${ID}`]: [200, changeLike({ kind: 'rollback', status: 'succeeded' })],
    'GET /v1/pulls/3': [200, pageLike({ state: 'merged', mergedAs: COMMIT })],
    'GET /v1/pulls/4': [200, pageLike({ number: 4 })],
    'GET /v1/pulls/5': [200, pageLike({ number: 5, state: 'closed' })],
  };
});
const person = (answer?: string): PersonHere & { readonly questions: string[] } => {
  const questions: string[] = [];
  return { there: answer !== undefined, questions, asked: async (_, question) => { questions.push(question); return answer ?? ''; }, askedHidden: async () => '' };
};
const posted = () => world.asked.filter(({ method }) => method === 'POST').map(({ body }) => body);

test('shows the diff and the hops before it asks; then takes the commit back', async () => {
  const { io, printed, told } = heard(world.root);
  const ada = person('y');
  expect(await commandWith(ada).run(io, ['ccccccc'], { reason: 'slow' })).toBe(exit.ok);
  expect(world.asked.find(({ path }) => path === '/v1/diff')?.query).toEqual({ from: COMMIT, to: BASE, environment: 'local' });
  expect(printed.slice(0, 3).map((line) => `${line}\n`).join('')).toBe(text);
  expect(told.slice(0, 2)).toEqual(['cccccccc  Merge #3: local: rateLimit 200 → 100, by ada@example.com', 'Hops that change: gateway, gateway.AUTH_URL.']);
  expect(ada.questions).toEqual(['Take cccccccc back in local? [y/N] ']);
  expect(posted()).toEqual([{ environment: 'local', commit: COMMIT, reason: 'slow' }]);
  expect(printed.at(-1)).toMatch(/^succeeded/);
});

test.each([['#3'], ['3']])('%s is the pull request, and --yes asks nobody', async (typed) => {
  const json = heard(world.root, true);
  expect(await commandWith(person()).run(json.io, [typed], { reason: 'slow', yes: true })).toBe(exit.ok);
  expect([posted(), json.printed, json.emitted]).toEqual([[{ environment: 'local', commit: COMMIT, reason: 'slow' }], [], [changeLike({ kind: 'rollback', status: 'succeeded' })]]);
});

test.each([['no'], ['']])('"%s" takes nothing back', async (answer) => {
  expect(await commandWith(person(answer)).run(heard(world.root).io, ['#3'], { reason: 'slow' })).toBe(exit.failure);
  expect(posted()).toEqual([]);
});

test('production wants its name, typed or on the command line; yes alone is not enough', async () => {
  const options = { reason: 'slow', environment: 'production' };
  const ada = person('production');
  expect(await commandWith(ada).run(heard(world.root).io, ['#3'], { ...options, yes: true })).toBe(exit.ok);
  expect(ada.questions).toEqual(['People depend on production. Type its name to take cccccccc back: ']);
  expect(await commandWith(person()).run(heard(world.root).io, ['#3'], { ...options, confirm: 'production' })).toBe(exit.ok);
  expect(posted()).toEqual(Array.from({ length: 2 }, () => ({ environment: 'production', commit: COMMIT, reason: 'slow', confirm: 'production' })));
  expect(await commandWith(person('y')).run(heard(world.root).io, ['#3'], options)).toBe(exit.failure);
  expect(await failure(commandWith(person()).run(heard(world.root).io, ['#3'], { ...options, yes: true }))).toMatchObject({ code: exit.usage, fix: 'Say it on the command line: `--confirm production`.' });
  expect(await failure(commandWith(person()).run(heard(world.root).io, ['#3'], { ...options, confirm: 'staging' }))).toMatchObject({ code: exit.usage, message: '"staging" is not production.' });
  expect(posted()).toHaveLength(2);
});

test('production wants its name, too, when the laptop is named and the commit changed both', async () => {
  world.answers['GET /v1/history'] = [200, { entries: [entryLike({ environments: ['local', 'production'] })] }];
  const options = { reason: 'slow', environment: 'local' };
  expect((await failure(commandWith(person()).run(heard(world.root).io, ['#3'], { ...options, yes: true }))).fix).toBe('Say it on the command line: `--confirm production`.');
  expect((await failure(commandWith(person()).run(heard(world.root).io, ['#3'], { ...options, confirm: 'local' }))).message).toBe('"local" is not production.');
  const ada = person('production');
  expect(await commandWith(ada).run(heard(world.root).io, ['#3'], options)).toBe(exit.ok);
  expect(ada.questions).toEqual(['People depend on production. Type its name to take cccccccc back: ']);
  expect(posted()).toEqual([{ environment: 'local', commit: COMMIT, reason: 'slow', confirm: 'production' }]);
});

test('without a terminal somebody must have said yes', async () => {
  expect(await failure(atTerminal.run(heard(world.root).io, ['#3'], { reason: 'slow' }))).toMatchObject({ code: exit.usage, message: 'Nobody is there to ask.', fix: 'Say so on the command line: `--yes`.' });
});

test('a diff that takes too long is asked for again', async () => {
  const late = [504, { detail: 'deployment did not answer in time.', code: 'upstream_timeout', at: 'deployment' }] as const;
  world.answers['GET /v1/diff'] = [late, late, [200, { from: COMMIT, to: BASE, text, environments: [] }]];
  const { io, told } = heard(world.root);
  expect(await commandWith(person('y')).run(io, ['#3'], { reason: 'slow' })).toBe(exit.ok);
  expect(told).toContain('Hops that change: none.');
  world.answers['GET /v1/diff'] = late;
  expect((await failure(commandWith(person('y')).run(io, ['#3'], { reason: 'slow' }))).code).toBe(exit.unhealthy);
});

test.each([
  ['#4', exit.failure, 'Pull request 4 is not on main.'], ['5', exit.failure, 'Pull request 5 is not on main.'], ['zzz', exit.usage, '"zzz" is neither a commit nor a pull request.'], ['--all', exit.usage, '"--all" is neither a commit nor a pull request.'],
  ['fffffff', exit.failure, 'main has no commit fffffff.'],
] as const)('%s: nothing is taken back', async (typed, code, message) => {
  expect(await failure(commandWith(person('y')).run(heard(world.root).io, [typed], { reason: 'slow' }))).toMatchObject({ code, message });
  expect(posted()).toEqual([]);
});

test.each([
  ['several commits', [entryLike(), entryLike({ commit: `ccccccc${'0'.repeat(33)}` })], exit.usage, 'ccccccc stands for several commits.'],
  ['several environments', [entryLike({ environments: ['dev', 'local'] })], exit.usage, 'It changed dev, local.'],
  ['no environment', [entryLike({ environments: [] })], exit.usage, 'It is not known which environment this commit changed.'],
  ['the first of all', [entryLike({ parents: [] })], exit.failure, 'The first commit of all cannot be taken back.'],
] as const)('%s: it is said what to write', async (_, entries, code, message) => {
  world.answers['GET /v1/history'] = [200, { entries }];
  expect(await failure(commandWith(person('y')).run(heard(world.root).io, ['ccccccc'], { reason: 'slow' }))).toMatchObject({ code, message });
});

test('a reason comes first', async () => {
  expect(await failure(atTerminal.run(heard(world.root).io, ['#3'], {}))).toMatchObject({ code: exit.usage, fix: "Say it: `./journey rollback '#3' --reason \"what for\"`." });
  expect(world.asked).toEqual([]);
});
