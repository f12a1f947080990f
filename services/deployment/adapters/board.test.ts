import { expect, test } from '@jest/globals';
import { testKit } from '../../kit/test/kit.ts';
import { deployment } from '../contract.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import { openBoard } from './board.ts';
import type { Engine } from './engine-port.ts';

const live: LiveEnvironment = { engine: 'a fake', environment: 'local', revision: null, automatic: true, observedAt: '2026-01-01T00:00:00Z', workloads: [] };
const never = () => { throw new Error('not asked here'); };

test('an environment that the engine does not watch is known without asking for it; many askers of one moment share an answer', async () => {
  const asked: string[] = [];
  const engine: Engine = {
    name: 'a fake', environments: () => { asked.push('list'); return Promise.resolve(['local']); }, read: (name) => { asked.push(name); return Promise.resolve(live); },
    sync: never, setAutomatic: never, prepare: never, watch: never, stop: () => Promise.resolve(),
  };
  const kit = testKit(deployment, {});
  const board = openBoard(kit, engine);
  expect(await Promise.all(['local', 'dev', 'local', 'production'].map((name) => board.read(name)))).toEqual([live, null, live, null]);
  expect(asked).toEqual(['list', 'local']);
  await board.stop();
  await kit.close();
});
