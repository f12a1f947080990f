import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { commitOf, readCommit } from '../../kit/git-objects.ts';
import { migrate } from '../../kit/migrate.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';
import { startProcess, type ServiceProcess } from '../../kit/test/start-process.ts';
import { until } from '../../kit/test/until.ts';
import { openForge } from '../adapters/forge.ts';
import { deploymentEnded } from '../contract.ts';
import type { DeploymentRequest } from '../domain/request.ts';
import { startFakeConfiguration } from './fake-configuration.ts';
import { startFakeReconciler } from './fake-reconciler.ts';
import { brokenRules } from './forge-place.ts';
import { commitOn, makeRepository, textAt } from './fixture-repository.ts';
import { makeRoot } from './start-deployment.ts';

export interface KillDrill {
  /** Where the random moments come from: the same seed, the same delays. */
  readonly seed: number;
  readonly kills: number;
  /** Told after each kill. */
  readonly told?: (line: string) => void;
}
export interface KillOutcome {
  readonly kills: number;
  /** By the state in which a request was when the service was killed. */
  readonly moments: Readonly<Record<string, number>>;
  /** What was half done or done twice; empty: nothing. */
  readonly broken: readonly string[];
}

/**
 * Kills a real process of the service (SIGKILL) at random moments of deployments, good and bad ones in turn, and looks, after
 * another one was started, whether each was finished or cleanly undone: in the database, in git, and at the engine.
 */
export async function killDrill({ seed, kills, told = () => undefined }: KillDrill): Promise<KillOutcome> {
  const site = await openSite();
  const random = randomFrom(seed);
  const moments: Record<string, number> = {};
  const broken: string[] = [];
  try {
    let service = await site.startService();
    // How long one takes undisturbed: the kills are spread over that, and a little more.
    const began = performance.now();
    const calm = await site.ask(service.url, await site.build(), randomUUID());
    await site.ended(calm);
    const spread = (performance.now() - began) * 1.1;
    for (let i = 0; i < kills; i += 1) {
      const [build, key, before] = [await site.build(), randomUUID(), site.answering()];
      const good = i % 2 === 0;
      if (!good) site.reconciler.fate.set(build, 'degraded');
      const delay = random() * spread * (good ? 1 : 2);
      const asking = site.ask(service.url, build, key).catch(() => undefined);
      await new Promise((resolve) => { setTimeout(resolve, delay); });
      await service.kill();
      await asking;
      const [row] = await site.sql('select status from requests where idempotency_key = $1', [key]);
      const moment = String(row?.['status'] ?? 'not asked yet');
      moments[moment] = (moments[moment] ?? 0) + 1;
      service = await site.startService();
      // Whoever got no answer asks again with the same key.
      const id = await site.ask(service.url, build, key);
      const end = await site.ended(id);
      const found = await site.check(id, end, { good, build, before });
      broken.push(...found.map((one) => `kill ${String(i)} after ${delay.toFixed(0)} ms (${moment}): ${one}`));
      told(`kill ${String(i)} after ${delay.toFixed(0)} ms while ${moment}: ${end.status}${found.length === 0 ? '' : `, BROKEN: ${found.join('; ')}`}`);
    }
    await service.kill();
    return { kills, moments, broken };
  } finally {
    await site.stop();
  }
}

async function openSite() {
  const [postgres, root] = [await startPostgres(), await makeRoot()];
  const repository = join(root, 'remote.git');
  const first = await makeRepository(repository);
  const [configuration, keys, reconciler] = [await startFakeConfiguration(), await startFakeConfiguration(), await startFakeReconciler(repository)];
  const kit = testKit(testContract);
  keys.answer = { status: 200, body: kit.issuer.jwks };
  const [database, events] = [await postgres.backing('deployments'), await postgres.backing('events')];
  await migrate(connectionTo('database', database), join(import.meta.dirname, '../migrations'), kit.log);
  const forge = openForge(kit, connectionTo('repository', pathToFileURL(repository).href), { mirror: '/nonexistent' });
  const token = kit.tokenFor('otto@example.com', 'operator');
  const env = {
    HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'test', REVISION: 'worktree', TELEMETRY_URL: 'http://127.0.0.1:1', WORKLOAD_KEY: kit.workloadKey, KEYS_URL: keys.url,
    DATABASE: database, EVENTS: events, REQUESTS: events, CONFIGURATION_URL: configuration.url, SYNTH_FOLDER: 'synth', REPOSITORY: pathToFileURL(repository).href, ENGINE: reconciler.url, ALERTS: 'own:', LOG_LEVEL: 'info',
  };
  const processes: ServiceProcess[] = [];
  const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=deployments' });
  await client.connect();
  let builds = 0;

  const site = {
    reconciler,
    sql: async (text: string, params: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> => (await client.query(text, [...params])).rows,
    build: () => commitOn(repository, null, { 'a.txt': `build ${String(builds += 1)}` }),
    answering: () => reconciler.state().workloads.find(({ name }) => name === 'gateway')?.live.release,

    /** A process of the service; resolves when it listens. */
    async startService() {
      const started = await startProcess(join(import.meta.dirname, '../main.ts'), env, root);
      processes.push(started);
      return started;
    },

    /** Asks with a key until it is taken, as a client does that is told to come again. */
    async ask(url: string, revision: string, key: string): Promise<string> {
      for (;;) {
        const response = await fetch(`${url}/v1/deployments`, {
          method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
          body: JSON.stringify({ workload: 'gateway', environment: 'local', revision, reason: 'a drill' }),
        });
        const body = await response.json() as { id?: string };
        if (response.status === 202 && body.id !== undefined) return body.id;
        if (response.status < 500) throw new Error(`It was not taken: ${response.status} ${JSON.stringify(body)}`);
        await new Promise((resolve) => { setTimeout(resolve, 500); });
      }
    },

    /** Waits until nothing more will happen to it. */
    async ended(id: string): Promise<DeploymentRequest> {
      let last: unknown;
      return until(`${id} has ended`, async () => {
        const [event] = await site.sql(`select event from outbox where event->>'type' = $1 and event->'data'->>'id' = $2`, [deploymentEnded, id]);
        [last] = await site.sql('select status, problem, tries, next_try, lease from requests where id = $1 or undoes = $1 order by requested_at', [id]);
        return event === undefined ? undefined : (event['event'] as { data: DeploymentRequest }).data;
      }, 120_000).catch((error: unknown) => { throw new Error(`${String(error)}: ${JSON.stringify(last)}`); });
    },

    /** Everything that must be so afterwards, whoever was killed when. */
    async check(id: string, end: DeploymentRequest, { good, build, before }: { readonly good: boolean; readonly build: string; readonly before: string | undefined }): Promise<readonly string[]> {
      const wrong: string[] = [];
      const want = (what: string, one: unknown, other: unknown) => { if (JSON.stringify(one) !== JSON.stringify(other)) wrong.push(`${what}: ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`); };
      const count = async (text: string) => Number((await site.sql(text, [id]))[0]?.['n']);
      want('its end', end.status, good ? 'succeeded' : 'rolledBack');
      want('rows', await count('select count(*)::int as n from requests where id = $1'), 1);
      want('automatic rollbacks', await count('select count(*)::int as n from requests where undoes = $1'), good ? 0 : 1);
      want('events of its end', await count(`select count(*)::int as n from outbox where event->>'type' = '${deploymentEnded}' and event->'data'->>'id' = $1::text`), 1);
      want('audit records of the ask', await count('select count(*)::int as n from audit where subject = $1::text'), 1);
      want('unfinished requests', (await site.sql('select id, status from requests where next_try is not null')), []);
      const tip = await commitOf(repository, 'refs/heads/main') ?? '';
      const merges = (await messagesTo(repository, tip, first)).filter((message) => `${message}\n`.includes(`Change: ${id}\n`));
      want('merges of it', merges.length, 1);
      const undone = (await messagesTo(repository, tip, first)).filter((message) => `${message}\n`.includes(`Undoes: ${end.commit ?? '?'}\n`));
      want('commits that take it back', undone.length, good ? 0 : 1);
      want('what main says', (JSON.parse(await textAt(repository, tip, 'environments/releases/local.json')) as { gateway: { revision: string } }).gateway.revision, good ? build : before);
      await until('the engine has come there', () => site.answering() === (good ? build : before)).catch(() => want('what answers', site.answering(), good ? build : before));
      wrong.push(...await brokenRules(repository, (await forge.list()).pulls, first));
      return wrong;
    },

    async stop() {
      await Promise.all(processes.map((one) => one.stop()));
      await client.end();
      await forge.stop();
      await reconciler.stop();
      await Promise.all([configuration.close(), keys.close(), kit.close()]);
      await postgres.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
  return site;
}

/** Messages of main from its tip down to `first`, by first parents. */
async function messagesTo(folder: string, tip: string, first: string): Promise<readonly string[]> {
  const messages: string[] = [];
  for (let at = tip; at !== first && at !== '';) {
    const { message, parents } = await readCommit(folder, at);
    messages.push(message);
    at = parents[0] ?? '';
  }
  return messages;
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
