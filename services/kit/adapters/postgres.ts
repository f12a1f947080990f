import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg, { type PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Connection } from '../contract.ts';
import type { Faults } from '../faults/faults.ts';
import type { Kit } from '../kit.ts';
import { measure, measured } from '../measured.ts';
import { span } from '../telemetry.ts';
import { databaseProblem, isAway } from './postgres-error.ts';
import { poolConfigOf } from './postgres-url.ts';
import { operationOf, querySummary } from './query-summary.ts';

export interface Sql {
  /** Values only as `$1` parameters: the text is shown in the journey. */
  query<Row extends object = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<readonly Row[]>;
}

export interface Transaction extends Sql {
  /**
   * COPY … FROM STDIN: many rows at the cost of few. @param chunks rows in COPY's text format, each ended by a line feed; the
   * next chunk is asked for when the server has taken the one before. @returns how many rows were written
   */
  copy(text: string, chunks: Iterable<string>): Promise<number>;
}

/** Errors of all are Problems: `unavailable` when the database is away, full or too slow, `conflict` when two transactions met. */
export interface Database extends Sql {
  readonly reference: string;
  /**
   * All or nothing: rolled back when `fn` throws, and when the database refused a statement whose error `fn` swallowed.
   * When the connection breaks during the commit itself nobody can know the outcome; the caller then gets `unavailable`.
   */
  transaction<T>(fn: (sql: Transaction) => Promise<T>): Promise<T>;
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseLimits {
  /** Connections at once. @default 10 */
  readonly connections?: number;
  /** Longest wait for one of them, and for opening one. @default 2000 */
  readonly waitMs?: number;
  /** Longest run of one statement, at the server. @default 5000 */
  readonly statementMs?: number;
}

/** PostgreSQL by a bounded pool; a connection that broke is thrown away, so the next call finds a new one. */
export function openDatabase(kit: Kit, connection: Connection<'database'>, limits: DatabaseLimits = {}): Database {
  return openPostgres(kit, connection, limits);
}

/** The same for the adapters that keep a cache or a queue in PostgreSQL. */
export function openPostgres(kit: Kit, connection: Connection, { connections = 10, waitMs = 2000, statementMs = 5000 }: DatabaseLimits = {}): Database {
  const { reference } = connection;
  const pool = new pg.Pool({
    ...poolConfigOf(connection),
    max: connections, connectionTimeoutMillis: waitMs, idleTimeoutMillis: 30_000, keepAlive: true,
    statement_timeout: statementMs, idle_in_transaction_session_timeout: 2 * statementMs,
    // The client gives up a little after the server should have: then not even the server's refusal came back.
    query_timeout: statementMs + 1000,
    application_name: kit.contract.name,
  });
  // An idle connection that broke is not an error of any request; the pool has already dropped it.
  pool.on('error', (error) => kit.log.warn('an idle database connection broke', { reference, error: error.message }));
  // One that breaks between two statements of a transaction has no listener of the pool's, and would end the process; its next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));

  let ending: Promise<void> | undefined;

  async function borrowed<T>(use: (client: PoolClient, waitSeconds: number) => Promise<T>): Promise<T> {
    const asked = performance.now();
    let wait = 0;
    let client: PoolClient | undefined;
    let broken: Error | undefined;
    try {
      // A wait that ended without a connection is a wait too, and the longest of all.
      client = await pool.connect().finally(() => {
        wait = (performance.now() - asked) / 1000;
        measure('db_client_connection_wait_time_seconds', { journey_reference: reference }, wait);
      });
      return await use(client, wait);
    } catch (error) {
      broken = isAway(error) || error instanceof Unclean ? Error('broken') : undefined;
      throw databaseProblem(reference, error instanceof Unclean ? error.cause : error);
    } finally {
      client?.release(broken);
    }
  }

  return {
    reference,
    query: (text, params) => statement(kit.faults, reference, text, params, borrowed),
    transaction: (fn) => span(`TRANSACTION ${reference}`, { kind: 'client', attributes: attributesOf(reference) }, (active) =>
      borrowed(async (client, wait) => {
        active.setAttribute('db.client.connection.wait_time', wait);
        return inTransaction(client, () => fn({
          query: (text, params) => statement(kit.faults, reference, text, params, (run) => run(client)),
          copy: (text, chunks) => copy(kit.faults, client, reference, text, chunks),
        }));
      })),
    ready: () => borrowed(async (client) => { await client.query('select 1'); }),
    close: () => (ending ??= pool.end()),
  };
}

/** The fault `slowQuery`: the server itself sleeps, so that the connection is held as by a real one. */
async function slow(faults: Faults, client: PoolClient): Promise<void> {
  const ms = faults.strength('slowQuery');
  if (ms > 0) await client.query('select pg_sleep($1)', [ms / 1000]);
}

/** The rollback failed: the connection may still be inside the transaction and must go. */
class Unclean extends Error {}

async function inTransaction<T>(client: PoolClient, fn: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await fn();
    // After an error that `fn` swallowed PostgreSQL answers COMMIT with a quiet ROLLBACK.
    const ended = await client.query('commit');
    if (ended.command !== 'COMMIT') throw new Error('The transaction was rolled back, because one of its statements had failed.');
    return result;
  } catch (error) {
    if (!isAway(error)) {
      await client.query('rollback').catch(() => { throw new Unclean('rollback failed', { cause: error }); });
    }
    throw error;
  }
}

type Run<T> = (client: PoolClient, waitSeconds?: number) => Promise<T>;

/** One statement as one span: its text without values, the rows that came back, the wait for a connection. */
function statement<Row extends object>(
  faults: Faults, reference: string, text: string, params: readonly unknown[] | undefined, on: (run: Run<readonly Row[]>) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
  const attributes = { ...attributesOf(reference), 'db.operation.name': operation, 'db.query.text': shown(text) };
  return span(`${operation} ${reference}`, { kind: 'client', attributes }, (active) => on(async (client, wait) => {
    if (wait !== undefined) active.setAttribute('db.client.connection.wait_time', wait);
    const result = await timed(faults, client, reference, text, () => client.query<Row>(text, params === undefined ? [] : [...params]));
    // A text of several statements (a migration, pg-boss's installation) is answered with a list.
    const rows = [result].flat().flatMap((one) => one.rows);
    active.setAttribute('db.response.returned_rows', rows.length);
    return rows;
  })).catch((error: unknown) => { throw databaseProblem(reference, error); });
}

/** As one span, like any statement; what it wrote is counted, and never shown. */
function copy(faults: Faults, client: PoolClient, reference: string, text: string, chunks: Iterable<string>): Promise<number> {
  const attributes = { ...attributesOf(reference), 'db.operation.name': 'COPY', 'db.query.text': shown(text) };
  return span(`COPY ${reference}`, { kind: 'client', attributes }, async (active) => {
    const rows = await timed(faults, client, reference, text, async () => {
      const stream = client.query(copyFrom(text));
      await pipeline(Readable.from(chunks), stream);
      return stream.rowCount;
    });
    active.setAttribute('db.operation.batch.size', rows);
    return rows;
  }).catch((error: unknown) => { throw databaseProblem(reference, error); });
}

/** In the figures as in the span: a fault that only one of them showed would send whoever looks the wrong way. */
function timed<T>(faults: Faults, client: PoolClient, reference: string, text: string, run: () => Promise<T>): Promise<T> {
  return measured('db_client_operation_duration_seconds', (failed) => (
    { journey_reference: reference, db_operation_name: operationOf(text), db_query_summary: querySummary(text), error_type: failed }
  ), async () => {
    await slow(faults, client);
    return run();
  });
}

function attributesOf(reference: string): Record<string, string> {
  return { 'db.system.name': 'postgresql', 'journey.reference': reference };
}

/** On one line, at most 2 KiB, and without quoted literals, should a value have been written into the text after all. */
function shown(text: string): string {
  return text.replace(/'(?:[^']|'')*'/g, "'?'").replace(/\s+/g, ' ').trim().slice(0, 2048);
}
