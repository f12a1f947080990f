import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readTreeFiles, writeBlob, writeCommit, writeTree } from '../../kit/git-objects.ts';
import { messageOf } from '../../kit/git-message.ts';
import { GitError } from '../../kit/git.ts';
import type { Approval } from './forge-port.ts';

/** What `refs/pulls/<n>/record` says: the file `record.json` of its commit. Every change is one more commit: the audit trail. */
export interface PullRecord {
  readonly version: 1;
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly base: string;
  readonly head: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly openedAt: string;
  readonly approvals: readonly Approval[];
  readonly comments: Readonly<Record<string, string>>;
  /** A merge that has begun. It is done as soon as `main` holds this commit, and void as long as it does not. */
  readonly merging?: Merging;
  readonly mergedAs?: string;
  readonly mergedBy?: string;
  readonly mergedAt?: string;
  readonly closedBy?: string;
}
export interface Merging { readonly as: string; readonly by: string; readonly at: string }
/** A record, or why what stands there is none. */
export type Read = { readonly record: PullRecord } | { readonly fault: string };

const FILE = 'record.json';
const MOST_BYTES = 4 * 1024 * 1024;

/** Appends to the trail. @returns the new commit; no ref points to it yet */
export async function writeRecord(folder: string, record: PullRecord, step: { readonly before: string | null; readonly number: number; readonly what: string; readonly by: string; readonly at: string }): Promise<string> {
  const object = await writeBlob(folder, `${JSON.stringify(record, null, 2)}\n`);
  const tree = await writeTree(folder, [{ mode: '100644', type: 'blob', object, path: FILE }]);
  return writeCommit(folder, {
    tree, author: step.by, at: step.at, message: messageOf({ title: `#${step.number} ${step.what}: ${record.title}`, trailers: { By: step.by, Head: record.head } }),
    // The head is a parent, so that it is kept when its branch is gone.
    parents: [...(step.before === null ? [] : [step.before]), record.head],
  });
}

/** In the order asked. One that is damaged or too large does not hinder the others. */
export async function readRecords(folder: string, commits: readonly string[]): Promise<readonly Read[]> {
  try {
    return (await readTreeFiles(folder, commits.map((commit) => ({ commit, path: FILE })), commits.length === 1 ? MOST_BYTES : 64 * 1024 * 1024)).map(readOf);
  } catch (error) {
    if (!(error instanceof GitError) || error.code !== 'too_large') throw error;
    if (commits.length === 1) return [{ fault: `it is larger than ${MOST_BYTES} bytes` }];
    const all: Read[] = [];
    for (const commit of commits) all.push(...await readRecords(folder, [commit]));
    return all;
  }
}

function readOf(bytes: Buffer | null): Read {
  if (bytes === null) return { fault: `its commit has no file ${FILE}` };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { fault: `${FILE} is not JSON` };
  }
  const fits = validator();
  if (fits(value)) return { record: value };
  const [error] = fits.errors ?? [];
  return { fault: `${FILE}${error?.instancePath ?? ''} ${error?.message ?? 'is wrong'}` };
}

const text = { type: 'string', maxLength: 100_000 } as const;
const person = { type: 'string', minLength: 1, maxLength: 400 } as const;
const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$' } as const;
const commit = { type: 'string', pattern: '^[0-9a-f]{40}$' } as const;
const exactly = <P extends object>(properties: P, required: readonly (keyof P & string)[]) => ({ type: 'object', additionalProperties: false, required, properties }) as const;
const schema = {
  ...exactly({
    version: { const: 1 }, key: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,99}$' }, title: { type: 'string', minLength: 1, maxLength: 400 }, body: text, author: person,
    base: commit, head: commit, state: { enum: ['open', 'merged', 'closed'] }, openedAt: time,
    approvals: { type: 'array', maxItems: 1000, items: exactly({ by: person, at: time, commit }, ['by', 'at', 'commit']) },
    comments: { type: 'object', maxProperties: 50, propertyNames: { pattern: '^[a-z][a-z0-9-]{0,40}$' }, additionalProperties: text },
    merging: exactly({ as: commit, by: person, at: time }, ['as', 'by', 'at']),
    mergedAs: commit, mergedBy: person, mergedAt: time, closedBy: person,
  }, ['version', 'key', 'title', 'body', 'author', 'base', 'head', 'state', 'openedAt', 'approvals', 'comments']),
  // Merged, and as what; or not merged.
  anyOf: [{ type: 'object', required: ['mergedAs', 'mergedBy', 'mergedAt'] }, { type: 'object', properties: { state: { enum: ['open', 'closed'] } } }],
};
let compiled: ValidateFunction<PullRecord> | undefined;
/** With the first record: a service is ready sooner. */
const validator = () => compiled ??= new Ajv2020({ strict: true, strictRequired: false }).compile<PullRecord>(schema);
