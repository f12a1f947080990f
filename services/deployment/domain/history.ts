import { touchedBy } from '../../kit/touched.ts';

/** One commit of main, as git tells it. */
export interface Commit {
  readonly commit: string;
  readonly parents: readonly string[];
  /** RFC 3339. */
  readonly at: string;
  readonly author: string;
  readonly email: string;
  readonly message: string;
  /** Files that differ from its first parent. */
  readonly paths: readonly string[];
}
/** The contract's `entry`. */
export interface HistoryEntry {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly at: string;
  readonly author: string;
  readonly title: string;
  readonly reason?: string;
  readonly requestedBy?: string;
  readonly approvedBy: readonly string[];
  readonly pull?: number;
  readonly traceId?: string;
  readonly kind?: string;
  readonly environments: readonly string[];
  readonly workloads: readonly string[];
  readonly undoes?: string;
  readonly undoneBy?: string;
  readonly outcome?: string;
  readonly evidence?: readonly string[];
}

/**
 * What a commit says about itself. Anybody who may push can write trailers: who asked and who approved is told only of a
 * commit that this service (or its forge) knows to have merged.
 * @param known is that so?
 * @param names the environments that there are
 */
export function entryOf(one: Commit, known: boolean, names: readonly string[]): HistoryEntry {
  const { title, body, trailers } = partsOf(one.message);
  const first = (key: string) => trailers.find(([name]) => name === key)?.[1];
  const all = (key: string) => trailers.flatMap(([name, value]) => (name === key ? [value] : []));
  const [undoes, pull, requestedBy, traceId, kind] = [undoesOf(one.message), first('pull-request'), first('requested-by'), first('journey'), first('kind')];
  const told = known ? {
    ...(requestedBy === undefined ? {} : { requestedBy }), ...(traceId === undefined ? {} : { traceId }), ...(kind === undefined ? {} : { kind }),
    ...(pull !== undefined && /^[1-9]\d{0,8}$/.test(pull) ? { pull: Number(pull) } : {}),
  } : {};
  return {
    commit: one.commit, parents: one.parents, at: one.at, author: one.author, title, ...(body === '' ? {} : { reason: body }),
    approvedBy: known ? all('approved-by') : [], ...told,
    environments: unique(known && all('environment').length > 0 ? all('environment') : touchedBy(one.paths, names)),
    workloads: unique(known && all('workload').length > 0 ? all('workload') : one.paths.flatMap(workloadsOf)),
    ...(undoes === undefined ? {} : { undoes }),
  };
}

/** The commit that this one takes back: our trailer, or the sentence that `git revert` writes. */
export function undoesOf(message: string): string | undefined {
  const trailer = partsOf(message).trailers.find(([name]) => name === 'undoes')?.[1];
  const found = trailer ?? /^This reverts commit ([0-9a-f]{40})\b/m.exec(message)?.[1];
  return found !== undefined && /^[0-9a-f]{40}$/.test(found) ? found : undefined;
}

interface Parts { readonly title: string; readonly body: string; readonly trailers: readonly (readonly [string, string])[] }

/** Title, text and the trailers of the last paragraph, if every line of it is one. */
export function partsOf(message: string): Parts {
  const paragraphs = message.trim().split(/\n\s*\n/);
  const [title = '', ...rest] = paragraphs;
  const last = rest.at(-1)?.split('\n') ?? [];
  const trailers = last.flatMap((line): (readonly [string, string])[] => {
    const [, key, value] = /^([A-Za-z][A-Za-z-]{0,62}): (.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key.toLowerCase(), value.trim()]];
  });
  const isBlock = trailers.length > 0 && trailers.length === last.length;
  return { title: title.split('\n').join(' ').slice(0, 300), body: (isBlock ? rest.slice(0, -1) : rest).join('\n\n').slice(0, 2000), trailers: isBlock ? trailers : [] };
}

function workloadsOf(path: string): readonly string[] {
  const name = /^synth\/[^/]+\/kubernetes\/([a-z][a-z0-9-]*)\//.exec(path)?.[1] ?? /^platform\/workloads\/([a-z][a-z0-9-]*)\.ts$/.exec(path)?.[1] ?? /^services\/([a-z][a-z0-9-]*)\//.exec(path)?.[1];
  return name === undefined || name === 'shared' || name === 'kit' ? [] : [name];
}
const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
