import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Request } from '../request.ts';
import type { Site } from '../site.ts';
import { until } from '../until.ts';
import type { Change } from './change.ts';
import { oddIn, processesIn } from './processes.ts';

/** What is half, or there twice, after a change has ended; empty: it is finished, or cleanly undone. */
export async function judge(site: Site, change: Change, end: Request | undefined): Promise<readonly string[]> {
  if (end === undefined) return ['the request did not end'];
  const wrong: string[] = [];
  const want = (what: string, one: unknown, other: unknown) => { if (one !== other) wrong.push(`${what}: ${String(one)} instead of ${String(other)}`); };
  const [id, status] = [String(end['id']), String(end['status'])];
  const value = status === 'succeeded' ? change.after : change.before;
  if (status === 'unchanged') wrong.push('it ended as unchanged');

  want('what main says', change.onMain(), value);
  const seen = { answer: '' };
  const same = await until(40, async () => {
    for (let i = 0; i < 5; i += 1) if ((seen.answer = await change.answers()) !== value) return undefined;
    return true;
  });
  if (same === undefined) want('what answers', seen.answer, value);

  // Automatic rollbacks name what they take back; what was merged stays merged.
  const merged = end['commit'] !== undefined;
  const messages = site.git('--git-dir', remoteOf(site), 'log', '--first-parent', '--format=%B', 'refs/heads/main').split('\n');
  want('merges of it', messages.filter((line) => line === `Change: ${id}`).length, merged ? 1 : 0);
  want('commits that take it back', messages.filter((line) => line === `Undoes: ${String(end['commit'])}`).length, status === 'rolledBack' ? 1 : 0);
  if (['succeeded', 'rolledBack'].includes(status)) want('whether it may not come again', heldIn(site, change), status === 'rolledBack');
  const { pulls } = (await site.admin.ask('GET', '/v1/pulls')).body as { readonly pulls: readonly { readonly number: number; readonly state: string; readonly mergedAs?: string }[] };
  const pull = pulls.find(({ number }) => number === end['pull']);
  if (end['pull'] !== undefined) want('its pull request', pull?.state, merged ? 'merged' : 'closed');
  want('what its pull request was merged as', pull?.mergedAs, end['commit']);
  want('open pull requests', pulls.filter(({ state }) => state === 'open').length, 0);
  const { entries } = (await site.admin.ask('GET', '/v1/history?limit=50')).body as { readonly entries: readonly { readonly commit: string; readonly pull?: number }[] };
  want('its place in the history', entries.filter(({ commit, pull: number }) => commit === end['commit'] || (number !== undefined && number === end['pull'])).length, merged ? 1 : 0);

  if (await until(30, async () => (site.mailsWith(id).length > 0 ? true : undefined)) === undefined) wrong.push('no mail');
  want('mails', site.mailsWith(id).length, 1);
  return [...wrong, ...await remains(site)];
}

/** What is left of changes that have all ended, in git, on disk and as processes. */
export async function remains(site: Site): Promise<readonly string[]> {
  const git = (...args: readonly string[]) => site.git('--git-dir', remoteOf(site), ...args);
  const names = (await site.status()).processes.map(({ name }) => name);
  const seen: { left: readonly string[] } = { left: [] };
  // A draining process and a proposal of a service that was killed end by themselves.
  await until(40, async () => {
    seen.left = [...oddIn(processesIn(site.folder), names), ...halfIn(join(site.folder, '.journey', 'work'), 'propose-'), ...halfIn(join(site.folder, '.journey', 'worktrees'), '.')];
    return seen.left.length === 0 ? true : undefined;
  });
  let damage: string[] = [];
  try {
    git('fsck', '--no-progress', '--no-dangling');
  } catch (error) {
    damage = [`git fsck: ${String(error).slice(0, 300)}`];
  }
  return [...seen.left, ...damage, ...git('worktree', 'list').split('\n').slice(1), ...strayRefs(git('for-each-ref', '--format=%(refname)').split('\n'))];
}

const remoteOf = ({ folder }: Site) => join(folder, '.journey', 'remote.git');

const HOLDS = 'refs/journey/holds';

/** Whether the record of holds names what the change brought. Nobody has held anything while there is no record. */
function heldIn(site: Site, { subject, after }: Change): boolean {
  const git = (...args: readonly string[]) => site.git('--git-dir', remoteOf(site), ...args);
  if (git('for-each-ref', '--format=%(refname)', HOLDS) === '') return false;
  const { holds } = JSON.parse(git('show', `${HOLDS}:holds.json`)) as { readonly holds: readonly { readonly environment: string; readonly subject: string; readonly value: string }[] };
  return holds.some((hold) => hold.environment === 'local' && hold.subject === subject && hold.value === after);
}

/** While no pull request is open there is main, what was pushed by hand, the records, what is held, and what the checkout stood at. */
export function strayRefs(refs: readonly string[]): readonly string[] {
  return refs.filter((ref) => !/^refs\/(heads\/main|heads\/drills\/[0-9a-f]+|pulls\/\d+\/record|journey\/(checkout|holds))$/.test(ref)).map((ref) => `${ref} is left`);
}

function halfIn(folder: string, prefix: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(prefix)).map((name) => `${name} is left`);
  } catch {
    return [];
  }
}
