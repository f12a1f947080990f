import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../kit/migrate.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';
import { until } from '../../kit/test/until.ts';
import { lineAt, logs, spanAt, traces } from './otlp.ts';

export interface LedgerOutcome {
  /** Batches whose answer was 200. */
  readonly acknowledged: number;
  /** Tries that ended without an answer, or with a refusal. */
  readonly unanswered: number;
  readonly missing: number;
  readonly twice: number;
  /** Lines, and what the three widths of counts say of them. */
  readonly lines: number;
  readonly counted: readonly number[];
}

/**
 * Kills a real process of monitoring (SIGKILL) while four senders bring batches of spans and lines; each sends a batch again, unchanged,
 * until it hears 200, as the kit's exporter does. What was acknowledged is kept in a ledger here, and compared with the tables.
 */
export async function killLedger({ kills, betweenMs }: { readonly kills: number; readonly betweenMs: () => number }): Promise<LedgerOutcome> {
  const postgres = await startPostgres();
  const kit = testKit(testContract);
  const database = await postgres.backing('telemetry');
  await migrate(connectionTo('database', database), join(import.meta.dirname, '../migrations'), kit.log);
  const env = {
    HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'test', REVISION: 'worktree', TELEMETRY_URL: 'http://127.0.0.1:1',
    WORKLOAD_KEY: kit.workloadKey, KEYS_URL: 'http://127.0.0.1:1', DATABASE: database, TELEMETRY_DAYS: '7', METRICS: 'own:', LOGS: 'own:', TRACES: 'own:', LOG_LEVEL: 'info', WORKLOADS: 'nobody=http://127.0.0.1:1', NOTIFICATION_URL: 'http://127.0.0.1:1', SYNTH_FOLDER: 'synth',
  };
  let service = await startService(env);
  // An object: what ends the loops is set outside of them.
  const run = { over: false };
  let unanswered = 0;
  const ledger = new Set<string>();
  const sender = async (name: string) => {
    for (let n = 0; !run.over; n += 1) {
      const id = `${name}-${n}`;
      const isLogs = n % 2 === 0;
      const body = JSON.stringify(isLogs ? logs(name, Array.from({ length: 20 }, (_, i) => lineAt(n, `${id} line ${i}`))) : traces(name, Array.from({ length: 20 }, (_, i) => spanAt(n, { name: `${id} span ${i}` }))));
      while (!run.over) {
        const status = await fetch(`${service.url}${isLogs ? '/v1/logs' : '/v1/traces'}`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${kit.workloadKey}` } })
          .then(async (answer) => (await answer.text(), answer.status), () => 0);
        if (status === 200) {
          ledger.add(id);
          break;
        }
        unanswered += 1;
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
    }
  };
  const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=telemetry' });
  try {
    const senders = ['a', 'b', 'c', 'd'].map(sender);
    for (let n = 0; n < kills; n += 1) {
      const before = ledger.size;
      await until('batches are taken', () => ledger.size > before + 4, 60_000);
      await new Promise((resolve) => { setTimeout(resolve, betweenMs()); });
      await service.kill();
      service = await startService(env);
    }
    const before = ledger.size;
    await until('batches are taken again', () => ledger.size > before + 8, 60_000);
    run.over = true;
    await Promise.all(senders);
    await client.connect();
    const [lines, spans] = await Promise.all(['select message as text from logs', 'select name as text from spans'].map((text) => client.query<{ text: string }>(text)));
    const kept = Map.groupBy([...lines?.rows ?? [], ...spans?.rows ?? []].map(({ text }) => text), (text) => text);
    const expected = [...ledger].flatMap((id) => Array.from({ length: 20 }, (_, i) => `${id} ${Number(id.split('-')[1]) % 2 === 0 ? 'line' : 'span'} ${i}`));
    const counted = await client.query<{ n: number }>('select sum(info)::int as n from log_counts group by width order by width');
    return {
      acknowledged: ledger.size, unanswered, missing: expected.filter((text) => !kept.has(text)).length, twice: [...kept.values()].filter((some) => some.length > 1).length,
      lines: lines?.rows.length ?? 0, counted: counted.rows.map(({ n }) => n),
    };
  } finally {
    run.over = true;
    await service.kill().catch(() => undefined);
    await client.end();
    await kit.close();
    await postgres.stop();
  }
}

async function startService(env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-200_000); });
  const url = await until('the service listens', () => {
    if (child.exitCode !== null) throw new Error(`It ended: ${said.slice(-2000)}`);
    return /"url":"(http:[^"]+)"/.exec(said)?.[1];
  }, 60_000);
  return {
    url,
    async kill() {
      const gone = once(child, 'exit');
      if (!child.kill('SIGKILL')) return;
      await gone;
    },
  };
}
