import { randomUUID } from 'node:crypto';
import { audit } from '../../kit/adapters/audit.ts';
import { newEvent } from '../../kit/adapters/event.ts';
import { writeOutbox } from '../../kit/adapters/outbox.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { Answer, Handlers } from '../../kit/kit.ts';
import type { Log } from '../../kit/log.ts';
import { instead } from '../../kit/nearest.ts';
import { problem } from '../../kit/problem.ts';
import { addRequest, requestByKey, type Kept, type Repeat } from '../adapters/requests.ts';
import type { SynthFolder } from '../adapters/synth-folder.ts';
import { deploymentRequested, type deployment } from '../contract.ts';
import { workloadsOf } from '../domain/declared.ts';
import type { Freeze } from '../domain/freeze.ts';
import { idempotencyKey } from '../domain/idempotency-key.ts';
import { fingerprint, isAsk, type Ask, type DeploymentRequest } from '../domain/request.ts';

export interface Asking {
  readonly database: Database;
  readonly synth: SynthFolder;
  readonly log: Log;
  readFreeze(environment: string, asking: { readonly token: string | null; readonly signal: AbortSignal }): Promise<Freeze>;
  /** Called after a commit: there is something to publish. */
  committed(): void;
}

/** POST /v1/deployments. Request, audit record and outbox row are written together or not at all. */
export function create(asking: Asking): Handlers<typeof deployment>['create'] {
  return async (call) => {
    const { body: ask, person } = call;
    if (!isAsk(ask)) throw problem('invalid_body', 'Send workload, environment, revision and reason.');
    if (person === null) throw problem('unauthenticated', 'A deployment is asked for by a person.');
    const repeat = repeatOf(call.header('idempotency-key'), ask);
    const before = repeat && await requestByKey(asking.database, person.name, repeat.key);
    if (before && repeat) return repeated(before, repeat);

    await mustBeDeclared(asking.synth, ask);
    const freeze = await asking.readFreeze(ask.environment, call);
    if (freeze.frozen) {
      throw problem('frozen', `${ask.environment} is frozen: ${freeze.reason || 'no reason was given'}.`, { fix: 'Wait until it is lifted, or ask an operator to lift it.' });
    }
    const request: DeploymentRequest = {
      workload: ask.workload, environment: ask.environment, revision: ask.revision, reason: ask.reason,
      id: randomUUID(), status: 'requested', requestedBy: person.name, requestedAt: new Date().toISOString(), traceId: call.traceId,
    };
    const earlier = await write(asking.database, request, repeat);
    if (earlier && repeat) return repeated(earlier, repeat);
    asking.committed();
    asking.log.info('deployment request taken', { id: request.id, workload: request.workload, forEnvironment: request.environment });
    return { status: 202, body: request };
  };
}

/** All three rows or none. Answers what was there already when the same key won a race meanwhile. */
function write(database: Database, request: DeploymentRequest, repeat: Repeat | null): Promise<Kept | null> {
  return database.transaction(async (sql) => {
    if (!await addRequest(sql, request, repeat)) {
      return repeat && requestByKey(sql, request.requestedBy, repeat.key);
    }
    const { workload, environment, revision, reason } = request;
    await audit(sql, {
      person: request.requestedBy, action: 'deployment.create', subject: request.id,
      detail: { workload, environment, revision, reason }, traceId: request.traceId,
    });
    await writeOutbox(sql, newEvent({ source: 'deployment', type: deploymentRequested, data: request }));
    return null;
  });
}

function repeatOf(header: string | undefined, ask: Ask): Repeat | null {
  if (header === undefined) return null;
  const key = idempotencyKey(header);
  if (key === null) throw problem('invalid_params', 'Idempotency-Key must be 1 to 200 visible ASCII characters.', { fix: 'Use a UUID.' });
  return { key, fingerprint: fingerprint(ask) };
}

function repeated({ request, fingerprint: first }: Kept, repeat: Repeat): Answer {
  if (first !== repeat.fingerprint) {
    throw problem('conflict', 'This Idempotency-Key was used for another request; nothing was written.', { fix: 'Use a new key for a new request.' });
  }
  return { status: 202, body: request, headers: { 'idempotency-replayed': 'true' } };
}

async function mustBeDeclared(synth: SynthFolder, ask: Ask): Promise<void> {
  const declared = await synth.declared(ask.environment);
  if (declared === null) {
    throw problem('invalid_body', `There is no environment "${ask.environment}".`, { fix: instead(ask.environment, await synth.environments()) });
  }
  const workloads = workloadsOf(declared);
  if (!workloads.includes(ask.workload)) {
    throw problem('invalid_body', `There is no workload "${ask.workload}" in ${ask.environment}.`, { fix: instead(ask.workload, workloads) });
  }
}
