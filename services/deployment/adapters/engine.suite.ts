import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { testContract } from '../../kit/test/contract.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { until } from '../../kit/test/until.ts';
import { deployment } from '../contract.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import type { Engine } from './engine-port.ts';

/** Something that an engine can be opened on. */
export interface EnginePlace {
  readonly name: string;
  readonly environment: string;
  /** The build of every workload there. */
  readonly release: string;
  open(kit: TestKit<typeof testContract>): Engine;
  /** With a key that is not taken. */
  openWrong(kit: TestKit<typeof testContract>): Engine;
  /** Makes `gateway` live otherwise than main says. */
  drift(): void;
  /** Its answers are no state of an environment, until `false`. */
  garbage(on: boolean): void;
  away(): Promise<void>;
  back(): Promise<void>;
  stop(): Promise<void>;
}

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
formats.default(ajv);
const isLive = ajv.compile(deployment.routes.setAutomatic.answers[200]);

/** What every engine promises. */
export function engineSuite(start: () => Promise<EnginePlace>): void {
  jest.setTimeout(30_000);
  let place: EnginePlace;
  let kit: TestKit<typeof testContract>;
  let engine: Engine;
  let gone: AbortController;
  beforeAll(async () => { place = await start(); });
  afterAll(() => place.stop());
  beforeEach(() => {
    kit = testKit(testContract);
    engine = place.open(kit);
    gone = new AbortController();
  });
  afterEach(async () => {
    gone.abort();
    await engine.stop();
    await kit.close();
  });

  const read = async () => {
    const live = await engine.read(place.environment);
    if (live === null) throw new Error('it is not watched');
    return live;
  };
  const gateway = (live: LiveEnvironment | undefined) => live?.workloads.find(({ name }) => name === 'gateway');
  /** Follows until the test has ended; what was seen last. */
  const followed = (one: Engine) => {
    const seen: LiveEnvironment[] = [];
    const ended = (async () => { for await (const live of one.watch(place.environment, gone.signal)) seen.push(live); })();
    return { seen, async end() { gone.abort(); await ended; } };
  };

  test('says what it is and what it watches', async () => {
    expect(engine.name).toBe(place.name);
    expect(await engine.environments()).toEqual([place.environment]);
  });

  test('reads an environment in our words', async () => {
    const live = await read();
    expect([isLive(live), isLive.errors]).toEqual([true, null]);
    expect(live).toMatchObject({ engine: place.name, environment: place.environment, automatic: true, revision: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(gateway(live)).toMatchObject({ sync: 'Synced', health: 'Healthy', drift: [], desired: { release: place.release }, live: { release: place.release } });
  });

  test('does not watch what is not there', async () => {
    expect(await engine.read('nowhere')).toBeNull();
    await expect(engine.sync('nowhere')).rejects.toMatchObject({ code: 'not_found' });
    await expect(engine.watch('nowhere', new AbortController().signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('what was rolled out as a whole is not said to be untested', async () => {
    expect((await read()).workloads.filter(({ name, rollout }) => name !== 'shared' && rollout?.tested === false)).toEqual([]);
  });

  test('shows drift with its field, and a sync heals it', async () => {
    place.drift();
    expect(gateway(await read())).toMatchObject({ sync: 'OutOfSync', drift: [{ field: expect.any(String), desired: expect.any(String), live: '7' }] });
    expect(gateway(await engine.sync(place.environment))).toMatchObject({ sync: 'Synced', drift: [] });
    expect(gateway(await read())).toMatchObject({ sync: 'Synced', drift: [] });
  });

  test('switches automatic sync', async () => {
    expect((await engine.setAutomatic(place.environment, false)).automatic).toBe(false);
    expect((await read()).automatic).toBe(false);
    expect((await engine.setAutomatic(place.environment, true)).automatic).toBe(true);
    expect((await read()).automatic).toBe(true);
  });

  test('gets a release ready', async () => {
    await expect(engine.prepare(place.environment, 'gateway', place.release)).resolves.toBeUndefined();
  });

  test('tells the state now, then each change, until nobody listens', async () => {
    const follow = followed(engine);
    await until('the first', () => follow.seen.length > 0);
    expect(gateway(follow.seen[0])?.sync).toBe('Synced');
    place.drift();
    await until('the change', () => gateway(follow.seen.at(-1))?.sync === 'OutOfSync');
    await engine.sync(place.environment);
    await until('the healing', () => gateway(follow.seen.at(-1))?.sync === 'Synced');
    await follow.end();
  });

  test('comes back by itself when it was away', async () => {
    const follow = followed(engine);
    await until('the first', () => follow.seen.length > 0);
    await place.away();
    await expect(engine.read(place.environment)).rejects.toMatchObject({ code: 'upstream_unavailable', at: 'engine' });
    const before = follow.seen.length;
    await place.back();
    await until('it tells again', () => follow.seen.length > before);
    expect(kit.lines.filter(({ message }) => String(message).includes('broke off'))).toHaveLength(1);
    await follow.end();
  });

  test('a key that is not taken is no fault of who asks', async () => {
    const wrong = place.openWrong(kit);
    for (const work of [() => wrong.environments(), () => wrong.read(place.environment), () => wrong.sync(place.environment), () => wrong.setAutomatic(place.environment, false)]) {
      await expect(work()).rejects.toMatchObject({ code: 'forbidden', at: 'engine' });
    }
    await wrong.stop();
  });

  test('what is no state of an environment is not taken for one', async () => {
    place.garbage(true);
    try {
      await expect(engine.environments()).rejects.toMatchObject({ code: 'upstream_unavailable' });
      await expect(engine.read(place.environment)).rejects.toMatchObject({ code: 'upstream_unavailable' });
    } finally {
      place.garbage(false);
    }
    expect((await read()).environment).toBe(place.environment);
  });
}
