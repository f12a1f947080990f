import { expect, test } from '@jest/globals';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../kit/migrate.ts';
import { connectionTo } from '../kit/test/connection.ts';
import { testContract } from '../kit/test/contract.ts';
import { testKit } from '../kit/test/kit.ts';
import { startPostgres } from '../kit/test/postgres.ts';
import { until } from '../kit/test/until.ts';
import type { Webhook } from './domain/webhook.ts';
import { startKillable } from './test/killable.ts';

const RULE = {
  id: '7e57ab1e-0000-4000-8000-000000000001', name: 'ShopGone', origin: 'person', what: 'absent', workload: 'shop', comparison: 'above', threshold: 0,
  windowSeconds: 0, forSeconds: 3, keepFiringSeconds: 0, severity: 'page', summary: 'The shop does not answer.',
};

test('killed while it is pending, while it is told, and while it fires: an alert is told once, and so is its end', async () => {
  const kit = testKit(testContract);
  const postgres = await startPostgres();
  const database = await postgres.backing('telemetry');
  await migrate(connectionTo('database', database), join(import.meta.dirname, 'migrations'), kit.log);
  const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=telemetry' });
  await client.connect();
  const told: { readonly key: string; readonly status: string }[] = [];
  /** What is told of these states is heard, and never answered. */
  const unheard = new Set(['firing', 'resolved']);
  const receiver = await listening(createServer(async (request, response) => {
    const { status, groupLabels } = JSON.parse(await textOf(request)) as Webhook;
    if (groupLabels['workload'] === 'shop') {
      told.push({ key: String(request.headers['idempotency-key']), status });
      if (unheard.delete(status)) return await again();
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"mailed":true}');
    return undefined;
  }));
  const open = () => createServer((_, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end('{}'); });
  let shop: Server | undefined = await listening(open());
  const shopPort = portOf(shop);
  const env = { WORKLOAD_KEY: kit.workloadKey, DATABASE: database, WORKLOADS: `shop=http://127.0.0.1:${shopPort}`, NOTIFICATION_URL: `http://127.0.0.1:${portOf(receiver)}` };
  let service = await startKillable(env);
  // One after the other: a new process may tell before the restart that the old one's message began is over.
  let restarting = Promise.resolve();
  const again = () => (restarting = restarting.then(async () => {
    await service.kill();
    service = await startKillable(env);
  }));
  const alert = async () => (await client.query<{ phase: string; seen: string }>('select phase, seen_ms as seen from alerts where rule = $1', [RULE.id])).rows[0];
  const inPhase = (phase: string) => until(`it is ${phase}`, async () => (await alert())?.phase === phase, 60_000);
  const looked = async (times: number) => {
    const before = Number((await alert())?.seen);
    await until('it was looked at again', async () => Number((await alert())?.seen) > before + times * 2000, 60_000);
  };
  const toldOf = (wanted: string) => told.filter(({ status }) => status === wanted).map(({ key }) => key);
  try {
    await client.query('insert into alert_rules (id, body, person, updated_ms) values ($1, $2, $3, 0)', [RULE.id, JSON.stringify(RULE), 'ada@example.com']);
    await closed(shop);
    shop = undefined;
    await inPhase('pending');
    await again();
    await until('it was told, unheard, and told again', () => toldOf('firing').length > 1, 60_000);
    await again();
    await looked(2);
    shop = await listening(open(), shopPort);
    await until('its end was told, unheard, and told again', () => toldOf('resolved').length > 1, 60_000);
    await looked(3);
    // What was heard and not marked is told again, with its key: notification makes one mail of it.
    expect([new Set(toldOf('firing')).size, new Set(toldOf('resolved')).size]).toEqual([1, 1]);
    const { rows } = await client.query<{ change: string }>('select change from alert_history where rule = $1 order by id', [RULE.id]);
    expect(rows.map(({ change }) => change)).toEqual(['pending', 'firing', 'told', 'resolved', 'told']);
  } finally {
    await restarting.catch(() => undefined);
    await service.stop();
    await Promise.all([closed(receiver), ...(shop ? [closed(shop)] : [])]);
    await client.end();
    await kit.close();
    await postgres.stop();
  }
}, 240_000);

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
function listening(server: Server, port = 0): Promise<Server> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server)));
}
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
