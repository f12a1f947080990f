import { expect, test } from '@jest/globals';
import { exit } from '../command.ts';
import { fakeGateway } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as manifests } from './manifests.ts';

const world = await fakeGateway();

const commit = 'c'.repeat(40);

test('the files of an environment, as they are on main', async () => {
  world.answers = { 'GET /v1/environments/production/manifests': [200, { commit, files: ['journey.json', 'kubernetes/gateway/deployment.yaml'] }] };
  const { io, printed, told } = heard(world.root);
  expect(await manifests.run(io, ['production'], {})).toBe(exit.ok);
  expect(printed).toEqual(['journey.json', 'kubernetes/gateway/deployment.yaml']);
  expect(told).toEqual([`As it is on main at ${commit}.`]);
  expect(world.asked.map(({ query }) => query)).toEqual([{}]);
});

test('one file has its bytes on stdout, and beside them the line of the model behind each object', async () => {
  const path = 'kubernetes/gateway/deployment.yaml';
  const objects = [{ object: 'Deployment gateway', line: 3, declaredAt: 'platform/workloads/gateway.ts:11' }];
  world.answers = { 'GET /v1/environments/production/manifests': [200, { commit, path, text: 'a: 1\nb: 2\n', objects }] };
  const { io, printed, told } = heard(world.root);
  expect(await manifests.run(io, ['production', path], { commit })).toBe(exit.ok);
  expect(`${printed.join('\n')}\n`).toBe('a: 1\nb: 2\n');
  expect(told).toEqual(['line 3  Deployment gateway  platform/workloads/gateway.ts:11', `As it is on main at ${commit}.`]);
  expect(world.asked.map(({ query }) => query)).toEqual([{ path, commit }]);
  const json = heard(world.root, true);
  await manifests.run(json.io, ['production', path], {});
  expect(json.emitted).toEqual([{ commit, path, text: 'a: 1\nb: 2\n', objects }]);
});
