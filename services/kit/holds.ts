import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { messageOf } from './git-message.ts';
import { readTreeFile, writeBlob, writeCommit, writeTree } from './git-objects.ts';
import { problem } from './problem.ts';

/** Whoever watches this repository sees the same holds: each change is a commit on top of the last (decision 31). */
export const HOLDS_REF = 'refs/journey/holds';
const FILE = 'holds.json';
const MOST_BYTES = 8 * 1024 * 1024;

/** What was taken back: nothing may bring it again until somebody lifts it. */
export interface Hold {
  /** Counted up in its repository, and never given twice. */
  readonly id: number;
  readonly environment: string;
  /** `release/gateway`, `knob/rateLimit` or `scale/gateway`. */
  readonly subject: string;
  readonly value: string;
  readonly reason: string;
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}
/** What `holds.json` says. */
export interface HoldRecord {
  readonly version: 1;
  /** The highest id that was ever given. */
  readonly last: number;
  /** Newest first. */
  readonly holds: readonly Hold[];
}
export const NO_HOLDS: HoldRecord = { version: 1, last: 0, holds: [] };

/** The hold that a value would break. A bad build is bad in every environment; a knob and a size only where they were tried. */
export function heldBy(fact: { readonly environment: string; readonly subject: string; readonly to: string }, holds: readonly Hold[]): Hold | undefined {
  return holds.find(({ environment, subject, value }) =>
    subject === fact.subject && value === fact.to && (environment === fact.environment || subject.startsWith('release/')));
}

/** @throws Problem `internal` for a record that cannot be used: then nobody knows what is held, and nothing may pass */
export async function readHolds(folder: string, commit: string | null): Promise<HoldRecord> {
  if (commit === null) return NO_HOLDS;
  const bytes = await readTreeFile(folder, commit, FILE, MOST_BYTES);
  if (bytes === null) throw damaged(`its commit has no file ${FILE}`);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged(`${FILE} is not JSON`);
  }
  const fits = validator();
  if (fits(value)) return value;
  const [error] = fits.errors ?? [];
  throw damaged(`${FILE}${error?.instancePath ?? ''} ${error?.message ?? 'is wrong'}`);
}

/** Appends to the trail. @returns the new commit; no ref points to it yet */
export async function writeHolds(folder: string, record: HoldRecord, step: { readonly before: string | null; readonly what: string; readonly reason: string; readonly by: string; readonly at: string }): Promise<string> {
  const object = await writeBlob(folder, `${JSON.stringify(record, null, 2)}\n`);
  return writeCommit(folder, {
    tree: await writeTree(folder, [{ mode: '100644', type: 'blob', object, path: FILE }]), author: step.by, at: step.at,
    message: messageOf({ title: step.what, body: step.reason, trailers: { By: step.by } }), parents: step.before === null ? [] : [step.before],
  });
}

function damaged(fault: string) {
  return problem('internal', `What is held cannot be read: ${fault}.`, { fix: `Look at ${HOLDS_REF} in the repository (git log -p ${HOLDS_REF}) and set it back to the last good commit.` });
}

const text = (maxLength: number, minLength = 1) => ({ type: 'string', minLength, maxLength }) as const;
const id = { type: 'integer', minimum: 0, maximum: 999_999_999 } as const;
const hold = {
  id, environment: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' }, subject: { type: 'string', pattern: '^(release|knob|scale)/[A-Za-z][A-Za-z0-9-]{0,62}$' },
  value: text(1000, 0), reason: text(500), by: text(400), at: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$' },
} as const;
const exactly = <P extends object>(properties: P) => ({ type: 'object', additionalProperties: false, required: Object.keys(properties), properties }) as const;
const schema = exactly({ version: { const: 1 }, last: id, holds: { type: 'array', items: exactly(hold) } });
let compiled: ValidateFunction<HoldRecord> | undefined;
/** With the first record: a service is ready sooner. */
const validator = () => compiled ??= new Ajv2020({ strict: true }).compile<HoldRecord>(schema);
