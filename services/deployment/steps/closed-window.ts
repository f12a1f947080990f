import { audit } from '../../kit/adapters/audit.ts';
import { messageOf } from '../../kit/adapters/error.ts';
import { addAskedSync } from '../adapters/asked-syncs.ts';
import type { Opening } from '../adapters/window.ts';
import { advanceTo } from '../adapters/work.ts';
import type { Tracked } from '../domain/tracked.ts';
import { isTouched, type FollowTarget } from '../domain/verdict.ts';
import type { Ways } from '../ways.ts';
import { acting } from './acting.ts';

/** An environment that is followed, and whether its window lets things happen by themselves there. */
export interface Followed extends FollowTarget { readonly opening: Opening }

/**
 * Outside of its window an environment syncs nothing by itself, and a rollback waits for no window (decisions 15 and 21): the
 * engine is asked to sync what the rollback changed and nothing else, so that what waits for the window goes on waiting.
 * Once for each environment. Where somebody has switched automatic sync off, they decide.
 * @returns `asked`, or why it could not be: the next look tries again · undefined when there is nothing to ask
 */
export async function syncOutsideWindow(ways: Ways, lease: string, tracked: Tracked, targets: readonly Followed[], asked: ReadonlyMap<string, number>): Promise<'asked' | { readonly refused: string } | undefined> {
  // While an operation runs the engine takes no other one, and that one may be of the commit that is taken back.
  const due = targets.filter((target) => !target.opening.open && target.live.automatic && !asked.has(target.live.environment) && !isRolling(target));
  try {
    for (const target of due) await ask(ways, lease, tracked, target);
  } catch (error) {
    ways.kit.log.warn('a rollback outside of the window could not be synced', { id: tracked.request.id, error: String(error) });
    return { refused: `It could not be synced outside of the window: ${messageOf(error)}`.slice(0, 500) };
  }
  return due.length === 0 ? undefined : 'asked';
}

/** The engine acts last before the commit: nothing is done without its audit record. */
async function ask(ways: Ways, lease: string, tracked: Tracked, { live: { environment } }: Followed): Promise<void> {
  const { request } = tracked;
  const only = await foldersOf(ways, request.commit ?? '', environment);
  await acting(ways, tracked, 'sync outside the window', () => ways.database.transaction(async (sql) => {
    await advanceTo(sql, lease, tracked, { tries: 0, keep: true });
    await addAskedSync(sql, request.id, environment);
    const detail = { request: request.id, workloads: only, reason: `A rollback waits for no window: ${request.reason}` };
    await audit(sql, { person: request.requestedBy, action: 'deployment.sync', subject: environment, detail, traceId: request.traceId });
    await ways.board.engine.sync(environment, only.length === 0 ? undefined : only);
  }));
  ways.kit.log.info('the engine was asked to sync a rollback outside of the window', { id: request.id, forEnvironment: environment });
}

/** The workloads whose manifests the commit changed, and `shared`: each is synced on its own. None: it cannot be told. */
async function foldersOf({ repository }: Ways, commit: string, environment: string): Promise<readonly string[]> {
  const [found] = await repository.history(commit, 1);
  const folders = (found?.paths ?? []).flatMap((path) => {
    const [top, name, kind, folder, file] = path.split('/');
    return top === 'synth' && name === environment && kind === 'kubernetes' && folder !== undefined && file !== undefined ? [folder] : [];
  });
  return [...new Set(folders)].sort();
}

const isRolling = (target: Followed): boolean => target.live.workloads.some((one) => isTouched(target, one.name) && one.rollout?.phase === 'Progressing');

/** Why what is on main is not rolled out yet, for whoever looks. */
export function waitText(targets: readonly Followed[]): string | null {
  const closed = targets.filter(({ opening, live }) => !opening.open && live.automatic);
  if (closed.length === 0) return null;
  return `It is on main. ${closed.map(({ live, opening: { opens } }) => `The window of ${live.environment} is closed${opens === undefined ? '' : ` until ${opens}`}`).join('. ')}: it is rolled out then, or when somebody syncs it.`;
}
