import { mayAs } from '../../kit/access.ts';
import { audit } from '../../kit/adapters/audit.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { noteApproval } from '../adapters/approvals.ts';
import { trackedById } from '../adapters/requests.ts';
import { nudge, settle } from '../adapters/work.ts';
import type { deployment } from '../contract.ts';
import { adminsOwn, hindrances } from '../domain/merge-rule.ts';
import { samePerson } from '../domain/person.ts';
import { tellEnd } from '../steps/end.ts';
import { mergeCaseOf } from '../steps/merge-case.ts';
import type { Worker } from '../steps/worker.ts';
import type { Ways } from '../ways.ts';
import { textIn } from './body.ts';
import { mustBePerson } from './known.ts';
import { pullView } from './pull-view.ts';
import { ownPullIn } from './pulls.ts';

/** POST /v1/pulls/:number/approval. The forge's record comes last before the commit of ours: no approval without its audit record. */
export function approve(ways: Ways): Handlers<typeof deployment>['approve'] {
  return async (call) => {
    const person = mustBePerson(call.person);
    const { pull, tracked } = await ownPullIn(ways, call);
    const commit = textIn(call.body, 'commit');
    const { request } = tracked;
    if (samePerson(person.name, pull.author) || samePerson(person.name, request.requestedBy)) throw problem('forbidden', 'Nobody approves their own.', { fix: 'Ask somebody else to look at it.' });
    const admin = mayAs(person.roles, 'admin');
    const guarded = adminsOwn(await mergeCaseOf(ways, tracked, pull, { tip: await ways.repository.tip() }));
    if (guarded !== undefined && !admin) throw problem('forbidden', `${person.name} is no admin, and ${guarded} wants the approval of one.`);
    const approved = await ways.database.transaction(async (sql) => {
      await audit(sql, { person: person.name, action: 'deployment.approve', subject: request.id, detail: { pull: pull.number, commit }, traceId: call.traceId });
      await noteApproval(sql, { request: request.id, head: commit, person: person.name, admin });
      await nudge(sql, request.id);
      return ways.forge.approve(pull.number, person.name, commit);
    });
    ways.committed();
    return { status: 200, body: await pullView(ways, approved, tracked) };
  };
}

/** How long somebody waits for their merge before they are told to look again. */
const PATIENCE_MS = 10_000;

/**
 * POST /v1/pulls/:number/merge. The wish and its audit record are written together; the worker fulfils it. So a merge that
 * was begun is finished, whoever is killed meanwhile.
 */
export function merge(ways: Ways, worker: () => Worker | undefined): Handlers<typeof deployment>['merge'] {
  return async (call) => {
    const person = mustBePerson(call.person);
    const { pull, tracked } = await ownPullIn(ways, call);
    const commit = textIn(call.body, 'commit');
    const { id } = tracked.request;
    if (pull.state === 'merged' && pull.head === commit) return { status: 200, body: await pullView(ways, pull, tracked) };
    const why = hindrances(await mergeCaseOf(ways, tracked, pull, { tip: await ways.repository.tip('now'), lookedAt: commit }));
    if (why.length > 0) throw hindered(why);
    await ways.database.transaction(async (sql) => {
      await audit(sql, { person: person.name, action: 'deployment.merge', subject: id, detail: { pull: pull.number, commit }, traceId: call.traceId });
      await nudge(sql, id, { by: person.name, commit });
    });
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until && !call.signal.aborted;) {
      const stepped = worker()?.stepped(id, 250);
      ways.committed();
      await stepped;
      const now = await trackedById(ways.database, id);
      if (now?.request.status === 'proposed' && now.wish !== undefined) continue;
      const seen = await ways.forge.read(pull.number) ?? pull;
      if (seen.state === 'merged') return { status: 200, body: await pullView(ways, seen, now ?? tracked) };
      throw hindered(hindrances(await mergeCaseOf(ways, now ?? tracked, seen, { tip: await ways.repository.tip('now'), lookedAt: commit })));
    }
    throw problem('unavailable', 'The merge is noted and has not happened yet.', { fix: `Look again: GET /v1/pulls/${String(pull.number)}.` });
  };
}

const hindered = (why: readonly string[]) => problem('conflict', why.join(' ') || 'It was hindered a moment ago.', { fix: 'Do what the detail says, then merge again.' });

/** POST /v1/pulls/:number/closing. */
export function close(ways: Ways): Handlers<typeof deployment>['close'] {
  return async (call) => {
    const person = mustBePerson(call.person);
    const { pull, tracked } = await ownPullIn(ways, call);
    const reason = textIn(call.body, 'reason');
    if (pull.state === 'merged') throw problem('conflict', 'It is merged already.', { fix: 'Roll its commit back: POST /v1/rollbacks.' });
    const closed = await ways.database.transaction(async (sql) => {
      await audit(sql, { person: person.name, action: 'deployment.close', subject: tracked.request.id, detail: { pull: pull.number, reason }, traceId: call.traceId });
      const outcome = `Closed by ${person.name}: ${reason}`;
      if (await settle(sql, tracked.request.id, ['requested', 'proposed'], { status: 'closed', outcome })) await tellEnd(sql, tracked, 'closed', outcome);
      return ways.forge.close(pull.number, person.name, reason);
    });
    ways.committed();
    return { status: 200, body: await pullView(ways, closed, tracked) };
  };
}
