import type { Sql } from '../../kit/adapters/postgres.ts';
import type { DeploymentRequest } from '../domain/request.ts';

interface Row extends Omit<DeploymentRequest, 'requestedBy' | 'requestedAt' | 'traceId'> {
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly trace_id: string;
}
/** What makes a request the same as an earlier one of the same person. */
export interface Repeat {
  readonly key: string;
  readonly fingerprint: string;
}
export interface Kept {
  readonly request: DeploymentRequest;
  readonly fingerprint: string | null;
}

const columns = 'id, workload, environment, revision, reason, status, requested_by, requested_at, trace_id';

/** `false` when this person has used the key before; a second writer waits here until the first has committed. */
export async function addRequest(sql: Sql, request: DeploymentRequest, repeat: Repeat | null): Promise<boolean> {
  const rows = await sql.query(
    `insert into requests (${columns}, idempotency_key, fingerprint) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (requested_by, idempotency_key) do nothing returning id`,
    [
      request.id, request.workload, request.environment, request.revision, request.reason, request.status,
      request.requestedBy, request.requestedAt, request.traceId, repeat?.key ?? null, repeat?.fingerprint ?? null,
    ],
  );
  return rows.length === 1;
}

/** What this person asked for with that key before, if anything. */
export async function requestByKey(sql: Sql, person: string, key: string): Promise<Kept | null> {
  const [row] = await sql.query<Row & { readonly fingerprint: string | null }>(
    `select ${columns}, fingerprint from requests where requested_by = $1 and idempotency_key = $2`, [person, key]);
  return row === undefined ? null : { request: requestOf(row), fingerprint: row.fingerprint };
}

export async function requestById(sql: Sql, id: string): Promise<DeploymentRequest | null> {
  const [row] = await sql.query<Row>(`select ${columns} from requests where id = $1`, [id]);
  return row === undefined ? null : requestOf(row);
}

/** The newest 50, newest first. */
export async function newestRequests(sql: Sql): Promise<readonly DeploymentRequest[]> {
  const rows = await sql.query<Row>(`select ${columns} from requests order by requested_at desc, id desc limit 50`);
  return rows.map(requestOf);
}

function requestOf(row: Row): DeploymentRequest {
  return {
    id: row.id, workload: row.workload, environment: row.environment, revision: row.revision, reason: row.reason,
    status: row.status, requestedBy: row.requested_by, requestedAt: row.requested_at.toISOString(), traceId: row.trace_id,
  };
}
