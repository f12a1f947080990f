import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const rules = readFileSync('.github/CODEOWNERS', 'utf8').split('\n').map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '')
  .map((line) => {
    const [pattern = '', ...owners] = line.split(/\s+/);
    return { pattern, owners };
  });

/** The last rule that matches (GitHub Docs, "About code owners"); of the patterns there are those that the file uses. */
const ownersOf = (file: string) => rules.findLast(({ pattern }) => pattern === '*' || pattern === `/${file}` || (pattern.endsWith('/') && `/${file}`.startsWith(pattern)))?.owners;

test('production\'s release file has an owner of its own, who owns nothing else', () => {
  const [owner, ...others] = ownersOf('environments/releases/production.json') ?? [];
  expect([owner, others]).toEqual(['@request-journey/production', []]);
  expect(rules.filter(({ owners }) => owners.includes(owner ?? '')).map(({ pattern }) => pattern)).toEqual(['/environments/releases/production.json']);
  for (const other of ['environments/releases/staging.json', 'environments/production.ts']) expect(ownersOf(other)).toEqual(['@request-journey/platform']);
});

test.each([
  ['policies/manifests/privileged.ts', 'security'], ['.github/workflows/pull-request.yaml', 'security'], ['.github/CODEOWNERS', 'security'], ['.ci/run', 'security'],
  ['platform/decisions/0001-one-model.md', 'architecture'], ['platform/workloads/gateway.ts', 'platform'], ['services/gateway/app.ts', 'maintainers'], ['README.md', 'maintainers'],
])('%s belongs to %s', (file, owner) => {
  expect(ownersOf(file)).toEqual([`@request-journey/${owner}`]);
});

test('what follows from the model needs no second owner', () => {
  expect(ownersOf('synth/production/journey.json')).toEqual([]);
});

test('every rule is of a form that is tried here', () => {
  for (const { pattern, owners } of rules) {
    expect(pattern).toMatch(/^(\*|\/[\w./-]+)$/);
    for (const owner of owners) expect(owner).toMatch(/^@request-journey\/[a-z]+$/);
  }
});
