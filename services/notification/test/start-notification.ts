import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { deploymentEnded } from '../../deployment/contract.ts';
import { newEvent, type Event } from '../../kit/adapters/event.ts';
import { openQueue, type Queue } from '../../kit/adapters/queue.ts';
import { migrate } from '../../kit/migrate.ts';
import { start } from '../../kit/start.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { startMailSink, type MailSink } from '../../kit/test/mail-sink.ts';
import { startPostgres, type TestPostgres } from '../../kit/test/postgres.ts';
import { until } from '../../kit/test/until.ts';
import { app } from '../app.ts';
import { notification } from '../contract.ts';
import type { EndedRequest } from '../domain/message.ts';

export interface TestNotification {
  readonly kit: TestKit<typeof notification>;
  readonly url: string;
  readonly postgres: TestPostgres;
  readonly sink: MailSink;
  /** The queue as deployment sees it. */
  readonly queue: Queue;
  list(token?: string | null): Promise<{ readonly status: number; readonly body: { readonly notifications: readonly Record<string, unknown>[]; readonly code?: string } }>;
  archived(name: string): Promise<string>;
  archive(): Promise<readonly string[]>;
  sql(text: string, params?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** What deployment publishes, with what a test wants to be different in it. */
export function ended(change: Partial<EndedRequest> = {}): Event {
  return newEvent({ source: 'deployment', type: deploymentEnded, data: {
    id: randomUUID(), kind: 'release', workload: 'gateway', environment: 'local', revision: '3f2a1b4c'.repeat(5), summary: 'gateway worktree → 3f2a1b4c', reason: 'to see it move', status: 'succeeded',
    requestedBy: 'otto@example.com', requestedAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:04:15.000Z', traceId: '0af7651916cd43dd8448eb211c80319c', pull: 7, commit: 'c'.repeat(40), ...change,
  } });
}

/** The real service on a free port, with database, queue, mail server and folder of its own. */
export async function startNotification(): Promise<TestNotification> {
  const [postgres, sink, folder] = [await startPostgres(), await startMailSink(), await mkdtemp(join(tmpdir(), 'journey-test-archive-'))];
  const kit = testKit(notification, {
    DATABASE: await postgres.backing('notifications'), EVENTS: await postgres.backing('events'), MAIL: sink.url, ARCHIVE: pathToFileURL(folder).href, ALERTS_TO: 'on-call@example.com',
  });
  await migrate(kit.env.DATABASE, join(import.meta.dirname, '../migrations'), kit.log);
  const started = await start(kit, await app(kit));
  await until('it is ready', async () => (await fetch(`${started.metricsUrl}/readyz`)).ok, 20_000);
  const sender = testKit(testContract);
  const queue = openQueue(sender, connectionTo('queue', kit.env.EVENTS.url.reveal()));
  const viewer = kit.tokenFor('vera@example.com', 'viewer');
  return {
    kit, postgres, sink, queue, url: started.url,
    async list(token = viewer) {
      const response = await fetch(`${started.url}/v1/notifications`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
      return { status: response.status, body: await response.json() };
    },
    archived: (name) => readFile(join(folder, name), 'utf8'),
    archive: () => readdir(join(folder, 'deployment-ended')).catch(() => []),
    async sql(text, params = []) {
      const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=notifications' });
      await client.connect();
      return client.query(text, [...params]).then(({ rows }) => rows).finally(() => client.end());
    },
    async stop() {
      await queue.close();
      await sender.close();
      await started.stop();
      await kit.close();
      await sink.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
