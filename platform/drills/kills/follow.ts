import { ended, type Request } from '../request.ts';
import type { Site } from '../site.ts';
import type { Change } from './change.ts';

export interface Following {
  /** How far it had come when it was last seen. */
  state(): string;
  /** As it ended; undefined when it did not in time. */
  readonly done: Promise<Request | undefined>;
}

const PATIENCE_MS = 240_000;

/**
 * Asks for a change and sees to it until it has ended, as people and their clients do: whoever got no answer asks again with the
 * same key, and the second person approves and merges again when that was lost.
 */
export function follow(site: Site, change: Change, key: string): Following {
  let state = 'not asked yet';
  const deadline = performance.now() + PATIENCE_MS;
  async function run(): Promise<Request | undefined> {
    let id: unknown;
    while (performance.now() < deadline) {
      const answer = await (id === undefined ? site.operator.ask('POST', change.path, change.ask, { 'idempotency-key': key }) : site.operator.ask('GET', `/v1/deployments/${String(id)}`)).catch(() => undefined);
      if (answer !== undefined && answer.status < 300) {
        const request = answer.body;
        id = request['id'];
        state = String(request['status']);
        if (ended(request)) return request;
        if (state === 'proposed' && change.guarded) await decide(site, request['pull']).catch(() => {});
      } else if (answer !== undefined && answer.status < 500 && id === undefined) {
        throw new Error(`it was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      await new Promise<void>((resolve) => { setTimeout(resolve, 150); });
    }
    return undefined;
  }
  return { state: () => state, done: run() };
}

/** What the second person does with an open pull request. */
async function decide({ admin }: Site, number: unknown): Promise<void> {
  const page = await admin.ask('GET', `/v1/pulls/${String(number)}`);
  const pull = page.body['pull'] as { readonly state: string; readonly head: string; readonly needed: number; readonly approvals: readonly { readonly commit: string }[] } | undefined;
  if (pull?.state !== 'open') return;
  if (!pull.approvals.some(({ commit }) => commit === pull.head)) await admin.ask('POST', `/v1/pulls/${String(number)}/approval`, { commit: pull.head });
  await admin.ask('POST', `/v1/pulls/${String(number)}/merge`, { commit: pull.head });
}
