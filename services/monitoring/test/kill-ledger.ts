import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../kit/migrate.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';
import { until } from '../../kit/test/until.ts';
import { attribute, increments, lineAt, logs, spanAt, traces } from './otlp.ts';
import { startKillable } from './killable.ts';

export interface LedgerOutcome {
  /** Batches whose answer was 200. */
  readonly acknowledged: number;
  /** Tries that ended without an answer, or with a refusal. */
  readonly unanswered: number;
  readonly missing: number;
  readonly twice: number;
  /** Batches of figures in the tables. */
  readonly figures: number;
  /** Lines, and what the three widths of counts say of them. */
  readonly lines: number;
  readonly counted: readonly number[];
}

const EACH = 20;
const some = <T>(make: (i: number) => T): readonly T[] => Array.from({ length: EACH }, (_, i) => make(i));
/** What batch number n of a sender brings. */
const kinds: readonly ((name: string, id: string, n: number) => { readonly path: string; readonly body: object })[] = [
  (name, id, n) => ({ path: '/v1/logs', body: logs(name, some((i) => lineAt(n, `${id} line ${i}`))) }),
  (name, id, n) => ({ path: '/v1/traces', body: traces(name, some((i) => spanAt(n, { name: `${id} span ${i}` }))) }),
  (name, id) => ({ path: '/v1/metrics', body: increments(name, 'sold', EACH, [attribute('batch', id)]) }),
];
const kindOf = (id: string) => (['line', 'span', 'figures'] as const)[Number(id.split('-')[1]) % 3];

/**
 * Kills a real process of monitoring (SIGKILL) while four senders bring batches of spans, lines and figures; each sends a batch again, unchanged,
 * until it hears 200, as the kit's exporter does. What was acknowledged is kept in a ledger here, and compared with the tables.
 */
export async function killLedger({ kills, betweenMs }: { readonly kills: number; readonly betweenMs: () => number }): Promise<LedgerOutcome> {
  const postgres = await startPostgres();
  const kit = testKit(testContract);
  const database = await postgres.backing('telemetry');
  await migrate(connectionTo('database', database), join(import.meta.dirname, '../migrations'), kit.log);
  const env = { WORKLOAD_KEY: kit.workloadKey, DATABASE: database };
  let service = await startKillable(env);
  // An object: what ends the loops is set outside of them.
  const run = { over: false };
  let unanswered = 0;
  const ledger = new Set<string>();
  const sender = async (name: string) => {
    for (let n = 0; !run.over; n += 1) {
      const id = `${name}-${n}`;
      const { path, body } = kinds[n % kinds.length]?.(name, id, n) ?? { path: '', body: {} };
      while (!run.over) {
        const status = await fetch(service.url + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${kit.workloadKey}` } })
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
      service = await startKillable(env);
    }
    const before = ledger.size;
    await until('batches are taken again', () => ledger.size > before + 8, 60_000);
    run.over = true;
    await Promise.all(senders);
    await client.connect();
    const [lines, spans] = await Promise.all(['select message as text from logs', 'select name as text from spans'].map((text) => client.query<{ text: string }>(text)));
    const kept = Map.groupBy([...lines?.rows ?? [], ...spans?.rows ?? []].map(({ text }) => text), (text) => text);
    const figures = await client.query<{ batch: string; count: number }>(`select s.labels->>'batch' as batch, sum(p.count) as count from metric_points p join metric_series s on s.id = p.series where s.name = 'sold_total' and p.resolution = 10 group by 1`);
    const expected = [...ledger].filter((id) => kindOf(id) !== 'figures').flatMap((id) => Array.from({ length: EACH }, (_, i) => `${id} ${kindOf(id)} ${i}`));
    const told = new Map(figures.rows.map(({ batch, count }) => [batch, count]));
    const counted = await client.query<{ n: number }>('select sum(info)::int as n from log_counts group by width order by width');
    return {
      acknowledged: ledger.size, unanswered, missing: expected.filter((text) => !kept.has(text)).length + [...ledger].filter((id) => kindOf(id) === 'figures' && !told.has(id)).length,
      twice: [...kept.values()].filter((some) => some.length > 1).length + [...told.values()].filter((count) => count !== EACH).length, figures: told.size,
      lines: lines?.rows.length ?? 0, counted: counted.rows.map(({ n }) => n),
    };
  } finally {
    run.over = true;
    await service.stop();
    await client.end();
    await kit.close();
    await postgres.stop();
  }
}
