import type { Sql } from '../../kit/adapters/postgres.ts';
import type { Change } from '../domain/proposal.ts';
import type { DeploymentRequest } from '../domain/request.ts';
import type { Preparation, Tracked, Wish } from '../domain/tracked.ts';

/** A request as it begins. */
export interface NewRequest {
  readonly request: DeploymentRequest;
  readonly change: Change;
  readonly traceparent: string | undefined;
  /** Takes this one back by itself. */
  readonly undoes?: string;
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

/** `false` when this person has used the key before; a second writer waits here until the first has committed. */
export async function addRequest(sql: Sql, { request, change, traceparent }: NewRequest, repeat: Repeat | null): Promise<boolean> {
  const rows = await sql.query(
    `insert into requests (id, kind, spec, environment, workload, revision, summary, reason, status, requested_by, requested_at, updated_at, trace_id, traceparent, idempotency_key, fingerprint)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15)
    on conflict (requested_by, idempotency_key) do nothing returning id`,
    [
      request.id, request.kind, JSON.stringify(change), request.environment, request.workload ?? null, request.revision ?? null, request.summary, request.reason, request.status,
      request.requestedBy, request.requestedAt, request.traceId, traceparent ?? null, repeat?.key ?? null, repeat?.fingerprint ?? null,
    ],
  );
  return rows.length === 1;
}

/** A rollback that nobody asked for; begins at once. `false` when there is one for that request already. */
export async function addUndoing(sql: Sql, { request, change, traceparent, undoes }: NewRequest): Promise<boolean> {
  const rows = await sql.query(
    `insert into requests (id, kind, spec, environment, summary, reason, status, requested_by, requested_at, updated_at, trace_id, traceparent, undoes, next_try)
    values ($1, $2, $3, $4, $5, $6, 'requested', $7, $8, $8, $9, $10, $11, now())
    on conflict (undoes) do nothing returning id`,
    [request.id, request.kind, JSON.stringify(change), request.environment, request.summary, request.reason, request.requestedBy, request.requestedAt, request.traceId, traceparent ?? null, undoes ?? null],
  );
  return rows.length === 1;
}

/** A commit of main that came on another way, and is watched from now on. `false` when it is known. */
export async function adopt(sql: Sql, { request, change, traceparent }: NewRequest & { readonly request: { readonly commit: string } }): Promise<boolean> {
  const rows = await sql.query(
    `insert into requests (id, kind, spec, environment, workload, revision, summary, reason, status, requested_by, requested_at, updated_at, trace_id, traceparent, merge_commit, merged_at, next_try)
    values ($1, $2, $3, $4, $12, $13, $5, $6, 'merged', $7, $8, $8, $9, $10, $11, now(), now())
    on conflict (merge_commit) do nothing returning id`,
    [request.id, request.kind, JSON.stringify(change), request.environment, request.summary, request.reason, request.requestedBy, request.requestedAt, request.traceId, traceparent ?? null, request.commit, request.workload ?? null, request.revision ?? null],
  );
  return rows.length === 1;
}

/** What this person asked for with that key before, if anything. */
export async function requestByKey(sql: Sql, person: string, key: string): Promise<Kept | null> {
  const [row] = await sql.query<Row & { readonly fingerprint: string | null }>(`select ${columns}, fingerprint from requests where requested_by = $1 and idempotency_key = $2`, [person, key]);
  return row === undefined ? null : { request: requestOf(row), fingerprint: row.fingerprint };
}

export async function requestById(sql: Sql, id: string): Promise<DeploymentRequest | null> {
  return (await trackedById(sql, id))?.request ?? null;
}

export async function trackedById(sql: Sql, id: string): Promise<Tracked | null> {
  const [row] = await sql.query<Row>(`select ${columns} from requests where id = $1`, [id]);
  return row === undefined ? null : trackedOf(row);
}

/** By the ids that are the keys of pull requests; what is no id is nobody's. */
export async function trackedByIds(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Tracked>> {
  const rows = await sql.query<Row>(`select ${columns} from requests where id::text = any($1::text[])`, [ids]);
  return new Map(rows.map((row) => [row.id, trackedOf(row)]));
}

export async function trackedByCommit(sql: Sql, commit: string): Promise<Tracked | null> {
  const [row] = await sql.query<Row>(`select ${columns} from requests where merge_commit = $1`, [commit]);
  return row === undefined ? null : trackedOf(row);
}

/** Of these commits, those that this service has merged. */
export async function knownMerges(sql: Sql, commits: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ readonly merge_commit: string }>('select merge_commit from requests where merge_commit = any($1::text[]) and pull is not null', [commits]);
  return new Set(rows.map((row) => row.merge_commit));
}

/** What became of these commits, of those that a request is about and of which there is more to say than that they are on main. */
export async function endsOf(sql: Sql, commits: readonly string[]): Promise<ReadonlyMap<string, Pick<DeploymentRequest, 'outcome' | 'evidence'>>> {
  const rows = await sql.query<Pick<Row, 'outcome' | 'evidence'> & { readonly merge_commit: string }>('select merge_commit, outcome, evidence from requests where merge_commit = any($1::text[])', [commits]);
  return new Map(rows.map(({ merge_commit: commit, outcome, evidence }) => [commit, given({ outcome, evidence: evidence.length === 0 ? null : evidence })]));
}

/** The numbers of the pull requests that have not been seen merged. */
export async function openPulls(sql: Sql): Promise<readonly number[]> {
  return (await sql.query<{ readonly pull: number }>(`select pull from requests where status = 'proposed' and pull is not null`)).map(({ pull }) => pull);
}

export interface Wanted { readonly traceId?: string; readonly pull?: number }
/** The newest 50 of those that are wanted, newest first. */
export async function newestRequests(sql: Sql, { traceId, pull }: Wanted): Promise<readonly DeploymentRequest[]> {
  const rows = await sql.query<Row>(
    `select ${columns} from requests where ($1::text is null or trace_id = $1) and ($2::integer is null or pull = $2) order by requested_at desc, id desc limit 50`,
    [traceId ?? null, pull ?? null],
  );
  return rows.map(requestOf);
}

export interface Row {
  readonly id: string;
  readonly kind: DeploymentRequest['kind'];
  readonly spec: Change;
  readonly environment: string;
  readonly workload: string | null;
  readonly revision: string | null;
  readonly summary: string;
  readonly reason: string;
  readonly status: DeploymentRequest['status'];
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly updated_at: Date;
  readonly trace_id: string;
  readonly traceparent: string | null;
  readonly pull: number | null;
  readonly base: string | null;
  readonly head: string | null;
  readonly merge_commit: string | null;
  readonly merged_at: Date | null;
  readonly synced_at: Date | null;
  readonly outcome: string | null;
  readonly evidence: readonly string[];
  readonly undoes: string | null;
  readonly wish: Wish | null;
  readonly prepared: Readonly<Record<string, Preparation>>;
  readonly problem: string | null;
  readonly tries: number;
  readonly nudges: number;
}
/** A row of the version before this one has no spec: it asked for a release. */
export const columns = `id, kind, coalesce(spec, jsonb_build_object('kind', 'release', 'environment', environment, 'workload', workload, 'release', revision)) as spec,
  environment, workload, revision, summary, reason, status, requested_by, requested_at, updated_at, trace_id, traceparent, pull, base, head, merge_commit, merged_at, synced_at, outcome, evidence,
  undoes, wish, prepared, problem, tries, nudges`;

export function trackedOf(row: Row): Tracked {
  return {
    request: requestOf(row), change: row.spec, traceparent: row.traceparent ?? undefined, prepared: row.prepared, tries: row.tries, nudges: row.nudges,
    ...given({ base: row.base, head: row.head, undoes: row.undoes, wish: row.wish, problem: row.problem, mergedAt: row.merged_at?.getTime() ?? null, syncedAt: row.synced_at?.getTime() ?? null }),
  };
}

function requestOf(row: Row): DeploymentRequest {
  return {
    id: row.id, kind: row.kind, environment: row.environment, summary: row.summary, reason: row.reason, status: row.status,
    requestedBy: row.requested_by, requestedAt: row.requested_at.toISOString(), updatedAt: row.updated_at.toISOString(), traceId: row.trace_id,
    ...given({ workload: row.workload, revision: row.revision, pull: row.pull, commit: row.merge_commit, outcome: row.outcome, evidence: row.evidence.length === 0 ? null : row.evidence }),
  };
}

type Given<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };
/** What is null in the database is absent in JSON. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null).map((pair): readonly unknown[] => pair));
}
