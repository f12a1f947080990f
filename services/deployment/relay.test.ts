import { spawn } from 'node:child_process';
import { once as emitted } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from '../kit/adapters/inbox.ts';
import { inboxTable } from '../kit/adapters/inbox.sql.ts';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { openQueue } from '../kit/adapters/queue.ts';
import { secretOf } from '../kit/secret.ts';
import { deploymentRequested } from './contract.ts';
import { startDeployment, type TestDeployment } from './test/start-deployment.ts';

const ask = { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'to see it move' };
let deployment: TestDeployment;

beforeAll(async () => { deployment = await startDeployment(); }, 60_000);
afterAll(() => deployment.stop());

test('a relay killed between publishing and marking: delivered at least once, with one effect', async () => {
  const { kit, postgres } = deployment;
  const consumerUrl = await postgres.backing('consumer');
  const consumer = openDatabase(kit, { kind: 'database', url: secretOf(consumerUrl), reference: 'test.DATABASE' });
  await consumer.query(inboxTable);
  await consumer.query('create table effects (event uuid)');

  // Nobody has asked for the event yet, so the queue confirms nothing and the outbox keeps it.
  const answer = await deployment.call('POST', '/v1/deployments', { body: ask });
  expect(answer.status).toBe(202);
  expect((await deployment.counts())[2]).toBe(1);

  await deployment.stopService();
  const queue = openQueue(kit, kit.env.EVENTS);
  let delivered = 0;
  await queue.consume('test', async (event) => {
    delivered += 1;
    await once(consumer, event.id, async (sql) => { await sql.query('insert into effects values ($1)', [event.id]); });
  }, { types: [deploymentRequested] });

  await until(async () => (await deployment.sql('select * from events.subscription')).length === 1);
  await deployment.sql('update outbox set next_try = now()');
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

async function until(true_: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !await true_();) {
    if (Date.now() > end) throw new Error(`It did not come true within 20 s: ${String(true_)}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}
