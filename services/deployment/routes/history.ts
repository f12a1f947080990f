import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { endsOf, knownMerges } from '../adapters/requests.ts';
import type { deployment } from '../contract.ts';
import { entryOf, partsOf, undoesOf, type Commit, type HistoryEntry } from '../domain/history.ts';
import type { Ways } from '../ways.ts';

/** Commits that are read at once to find what fits. */
const PAGE = 200;

/** GET /v1/history: first parents of main, newest first. */
export function listHistory(ways: Ways): Handlers<typeof deployment>['listHistory'] {
  return async ({ query }) => {
    const { environment, workload, before } = textsIn(query);
    const limit = typeof query['limit'] === 'number' ? query['limit'] : 50;
    const tip = await ways.repository.tip();
    if (before !== undefined && !await ways.repository.contains(tip, before)) throw problem('invalid_params', `main does not hold the commit ${before}.`, { fix: 'Send the `next` of an earlier answer.' });
    const undone = new Map((await ways.repository.undoings(tip)).flatMap((one) => { const what = undoesOf(one.message); return what === undefined ? [] : [[what, one.commit] as const]; }).toReversed());
    const names = await ways.repository.environments(tip);
    const entries: HistoryEntry[] = [];
    let from = before ?? tip;
    let skip = before === undefined ? 0 : 1;
    for (;;) {
      const page = (await ways.repository.history(from, PAGE + skip)).slice(skip);
      const known = await merges(ways, page);
      const read = page.map((one) => entryOf(one, known.has(one.commit), names));
      entries.push(...read.filter((one) => (environment === undefined || one.environments.includes(environment)) && (workload === undefined || one.workloads.includes(workload))));
      const last = page.at(-1);
      if (page.length < PAGE || entries.length > limit || last === undefined) break;
      [from, skip] = [last.commit, 1];
    }
    const listed = entries.slice(0, limit);
    const ends = await endsOf(ways.database, listed.map(({ commit }) => commit));
    const shown = listed.map((one) => { const by = undone.get(one.commit); return { ...one, ...ends.get(one.commit), ...(by === undefined ? {} : { undoneBy: by }) }; });
    const last = shown.at(-1);
    return { status: 200, body: { entries: shown, ...(entries.length > limit && last !== undefined ? { next: last.commit } : {}) } };
  };
}

/** The commits that were merged from a pull request: by our own notes, or by the forge's where ours are gone. */
export async function merges({ database, forge }: Ways, page: readonly Commit[]): Promise<ReadonlySet<string>> {
  const claimed = page.flatMap(({ commit, message }) => {
    const number = partsOf(message).trailers.find(([key]) => key === 'pull-request')?.[1];
    return number !== undefined && /^[1-9]\d{0,8}$/.test(number) ? [{ commit, number: Number(number) }] : [];
  });
  const ours = await knownMerges(database, claimed.map(({ commit }) => commit));
  const asked = await Promise.all(claimed.filter(({ commit }) => !ours.has(commit)).slice(0, 50).map(async ({ commit, number }) => ((await forge.read(number))?.mergedAs === commit ? [commit] : [])));
  return new Set([...ours, ...asked.flat()]);
}

function textsIn(query: Readonly<Record<string, unknown>>): Readonly<Partial<Record<'environment' | 'workload' | 'before', string>>> {
  return Object.fromEntries(['environment', 'workload', 'before'].flatMap((key) => { const value = query[key]; return typeof value === 'string' ? [[key, value]] : []; }));
}
