import { randomUUID } from 'node:crypto';
import { audit } from '../../kit/adapters/audit.ts';
import { newEvent } from '../../kit/adapters/event.ts';
import { writeOutbox } from '../../kit/adapters/outbox.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import { heldBy } from '../../kit/holds.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { traceparent } from '../../kit/telemetry.ts';
import { addRequest, requestByKey, type Kept, type NewRequest, type Repeat } from '../adapters/requests.ts';
import { deploymentRequested } from '../contract.ts';
import { environmentOf } from '../domain/asks.ts';
import { askedFacts, summaryOf } from '../domain/fact.ts';
import { idempotencyKey } from '../domain/idempotency-key.ts';
import { holdText } from '../domain/merge-rule.ts';
import type { Change } from '../domain/proposal.ts';
import { fingerprint, type DeploymentRequest } from '../domain/request.ts';
import type { Ways } from '../ways.ts';
import { mustBePerson } from './known.ts';

export interface Asked {
  /** `deployment.create`. */
  readonly action: string;
  /** The body: what the audit record keeps, and what makes a repeat one. */
  readonly ask: object & { readonly reason: string };
  /** Checks it against what there is. @throws Problem `invalid_body`, `conflict`, `unavailable` */
  change(): Promise<Change>;
}

/** What all asks for a change have in common. Request, audit record and event are written together or not at all. */
export async function taken(ways: Ways, call: RouteRequest, { action, ask, change: changeIn }: Asked): Promise<Answer> {
  const person = mustBePerson(call.person);
  const repeat = repeatOf(call.header('idempotency-key'), { action, ...ask });
  const before = repeat && await requestByKey(ways.database, person.name, repeat.key);
  if (before && repeat) return repeated(before, repeat);

  const change = await changeIn();
  const environment = environmentOf(change);
  const freeze = await ways.freeze.forPerson(environment, call);
  if (freeze.frozen) throw problem('frozen', `${environment} is frozen: ${freeze.reason || 'no reason was given'}.`, { fix: 'Wait until it is lifted, or ask an operator to lift it.' });
  await mustNotBeHeld(ways, change);
  const now = new Date().toISOString();
  const request: DeploymentRequest = {
    id: randomUUID(), kind: change.kind, environment, ...workloadOf(change), summary: summaryOf(change), reason: ask.reason, status: 'requested',
    requestedBy: person.name, requestedAt: now, updatedAt: now, traceId: call.traceId,
  };
  const earlier = await write(ways.database, { request, change, traceparent: traceparent() }, repeat, action, ask);
  if (earlier && repeat) return repeated(earlier, repeat);
  ways.committed();
  ways.kit.log.info('deployment request taken', { id: request.id, kind: request.kind, ...workloadOf(change), forEnvironment: environment });
  return { status: 202, body: request };
}

function workloadOf(change: Change): Pick<DeploymentRequest, 'workload' | 'revision'> {
  if (change.kind === 'release') return { workload: change.workload, revision: change.release };
  return change.kind === 'scale' ? { workload: change.workload } : {};
}

/** All three rows or none. Answers what was there already when the same key won a race meanwhile. */
function write(database: Database, one: NewRequest, repeat: Repeat | null, action: string, ask: object): Promise<Kept | null> {
  return database.transaction(async (sql) => {
    const { request } = one;
    if (!await addRequest(sql, one, repeat)) return repeat && requestByKey(sql, request.requestedBy, repeat.key);
    await audit(sql, { person: request.requestedBy, action, subject: request.id, detail: { ...ask }, traceId: request.traceId });
    await writeOutbox(sql, newEvent({ source: 'deployment', type: deploymentRequested, data: request }));
    return null;
  });
}

async function mustNotBeHeld({ forge }: Ways, change: Change): Promise<void> {
  const facts = askedFacts(change);
  if (facts.length === 0) return;
  const holds = await forge.holds.active();
  const held = facts.map((fact) => heldBy(fact, holds)).find((hold) => hold !== undefined);
  if (held !== undefined) throw problem('conflict', holdText(held), { fix: `An admin lifts it: POST /v1/holds/${String(held.id)}/lifting.` });
}

function repeatOf(header: string | undefined, ask: object): Repeat | null {
  if (header === undefined) return null;
  const key = idempotencyKey(header);
  if (key === null) throw problem('invalid_params', 'Idempotency-Key must be 1 to 200 visible ASCII characters.', { fix: 'Use a UUID.' });
  return { key, fingerprint: fingerprint(ask) };
}

/** As it was then; how far it has come since is read by its id. */
function repeated({ request, fingerprint: first }: Kept, repeat: Repeat): Answer {
  if (first !== repeat.fingerprint) {
    throw problem('conflict', 'This Idempotency-Key was used for another request; nothing was written.', { fix: 'Use a new key for a new request.' });
  }
  return { status: 202, body: request, headers: { 'idempotency-replayed': 'true' } };
}
