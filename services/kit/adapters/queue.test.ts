import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit } from '../test/kit.ts';
import { listeningBeyondLoopback } from '../test/listening.ts';
import { startPostgres } from '../test/postgres.ts';
import { describeWith } from '../test/servers/describe-with.ts';
import { rabbitBinary, startRabbit } from '../test/servers/rabbitmq.ts';
import { openQueue } from './queue.ts';
import { queueSuite, type QueueServer } from './queue.suite.ts';

describe('with the embedded queue', () => {
  queueSuite(async (): Promise<QueueServer> => {
    const server = await startPostgres();
    const url = await server.backing('events');
    const sql = async (text: string, params: unknown[]) => {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      return client.query<{ n: number }>(text, params).finally(() => client.end());
    };
    return {
      url, system: 'pgboss', kill: server.kill, restart: server.restart, stop: server.stop,
      async poison(consumer) {
        await sql(`insert into events.job (name, data, retry_limit, dead_letter) select name, '{"event": {"no": "event"}}', retry_limit, dead_letter from events.queue where name = $1`, [consumer]);
      },
      connections: async () => (await sql(`select count(*)::int as n from pg_stat_activity where usename = 'events'`, [])).rows[0]?.n ?? 0,
    };
  });
});

describeWith('RabbitMQ', rabbitBinary(), () => {
  let opened: readonly string[] = [];
  queueSuite(async (): Promise<QueueServer> => {
    const before = await listeningBeyondLoopback();
    const server = await startRabbit();
    opened = (await listeningBeyondLoopback()).filter((address) => !before.includes(address));
    return {
      url: server.url, system: 'rabbitmq', kill: server.kill, restart: server.restart, stop: server.stop,
      async poison(consumer) {
        const { connect } = await import('amqplib');
        const connection = await connect(server.url);
        const channel = await connection.createConfirmChannel();
        channel.sendToQueue(consumer, Buffer.from('{"no": '));
        await channel.waitForConfirms();
        await connection.close();
      },
      connections: async () => (await server.connections()).filter((client) => client.includes('test.EVENTS')).length,
    };
  });

  test('the broker, its distribution port and its port mapper listen on loopback only', () => {
    expect(opened).toEqual([]);
  });
});

test('a queue that no adapter speaks is refused without showing the URL', () => {
  const kit = testKit(testContract);
  const open = () => openQueue(kit, connectionTo('queue', 'kafka://user:hidden@127.0.0.1:1'));
  expect(open).toThrow(/no queue speaks "kafka:".*amqp/);
  expect(open).not.toThrow(/hidden/);
});
