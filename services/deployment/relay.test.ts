import { spawn } from 'node:child_process';
import { once as emitted } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from '../kit/adapters/inbox.ts';
import { newEvent } from '../kit/adapters/event.ts';
import { inboxTable } from '../kit/adapters/inbox.sql.ts';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { openQueue } from '../kit/adapters/queue.ts';
import { secretOf } from '../kit/secret.ts';
import { deploymentEnded } from './contract.ts';
import { startDeployment, type TestDeployment } from './test/start-deployment.ts';

let deployment: TestDeployment;

beforeAll(async () => { deployment = await startDeployment(); }, 60_000);
afterAll(() => deployment.stop());

test('a relay killed between publishing and marking: delivered at least once, with one effect', async () => {
  const { kit, postgres } = deployment;
  const consumerUrl = await postgres.backing('consumer');
  const consumer = openDatabase(kit, { kind: 'database', url: secretOf(consumerUrl), reference: 'test.DATABASE' });
  await consumer.query(inboxTable);
  await consumer.query('create table effects (event uuid)');

  // Its own consumer and relay would take the event before anybody is killed.
  await deployment.stopService();
  const queue = openQueue(kit, kit.env.EVENTS);
  const before = (await subscriptions()).length;
  let delivered = 0;
  await queue.consume('test', async (event) => {
    delivered += 1;
    await once(consumer, event.id, async (sql) => { await sql.query('insert into effects values ($1)', [event.id]); });
  }, { types: [deploymentEnded] });

  await until(async () => (await subscriptions()).length === before + 1);
  const event = newEvent({ source: 'deployment', type: deploymentEnded, data: { about: 'a relay that dies' } });
  await deployment.sql(`insert into outbox (event) values ('${JSON.stringify(event)}')`);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test/dying-relay.ts'), kit.env.DATABASE.url.reveal(), kit.env.EVENTS.url.reveal()], { stdio: 'ignore' });
  const [, signal] = await emitted(child, 'exit', { signal: AbortSignal.timeout(30_000) }).finally(() => child.kill('SIGKILL'));
  expect(signal).toBe('SIGKILL');
  await until(async () => delivered === 1);
  expect((await deployment.counts())[2]).toBe(1);

  // The next relay cannot know that the queue has it already.
  await deployment.startService();
  await until(async () => (await deployment.counts())[2] === 0 && delivered === 2);
  expect(await consumer.query('select event from effects')).toHaveLength(1);
  await queue.close();
  await consumer.close();
}, 60_000);

const subscriptions = () => deployment.sql('select * from events.subscription');

async function until(true_: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !await true_();) {
    if (Date.now() > end) throw new Error(`It did not come true within 20 s: ${String(true_)}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}
