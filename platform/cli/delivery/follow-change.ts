import { setTimeout as pause } from 'node:timers/promises';
import { CliError, exit, type Io } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { routes, type Change, type PullPage } from './routes.ts';
import { oneLine } from './table.ts';
import { short } from './words.ts';

/** How far a change had come when nobody looked any longer. */
export type Followed =
  | { readonly kind: 'ended'; readonly change: Change }
  /** Open, and only a person can go on with it; `stuck`: a check failed, so nobody can. */
  | { readonly kind: 'waits' | 'stuck'; readonly change: Change; readonly page: PullPage }
  | { readonly kind: 'late'; readonly change: Change; readonly patienceMs: number; readonly hindrances: readonly string[] };

const EVERY_MS = 400;
/** What does not answer for so long is not only being started anew. */
const AWAY_MS = 30_000;
/** Whether a pull request may be merged is worked out anew for each reader. */
const PULL_EVERY_MS = 2000;

/**
 * Reads a change until it has ended or a person must act, and says each state as it comes. What is away for a moment (the
 * change may be about the gateway itself) is asked again.
 * @throws {CliError} when it cannot be read, exit 4 when that lasts half a minute
 */
export async function followChange(io: Io, caller: Caller, first: Change, patienceMs: number): Promise<Followed> {
  const until = performance.now() + patienceMs;
  let change = first;
  let [told, page, looked]: [string, PullPage | undefined, number] = ['', undefined, Number.NEGATIVE_INFINITY];
  const patiently = tolerant(until);
  for (;;) {
    const text = stateText(change);
    if (text !== told) io.tell(text);
    told = text;
    if (hasEnded(change)) return { kind: 'ended', change };
    if (change.status === 'proposed' && change.pull !== undefined && performance.now() - looked > PULL_EVERY_MS) {
      const number = String(change.pull);
      page = await patiently(page, async () => (await call(caller, routes.readPull, `Pull request ${number} cannot be read.`, { params: { number } })).body);
      looked = performance.now();
      const kind = page && waiting(change, page);
      if (page && kind) return { kind, change, page };
    }
    if (performance.now() > until) return { kind: 'late', change, patienceMs, hindrances: change.status === 'proposed' ? page?.pull.hindrances ?? [] : [] };
    await pause(EVERY_MS, undefined, { signal: caller.signal }).catch(() => caller.signal.throwIfAborted());
    const { id } = change;
    change = await patiently(change, async () => (await call(caller, routes.read, `The change ${id} cannot be read.`, { params: { id } })).body);
  }
}

/** Reads; what is known already stays, for a while, when the next answer does not come. */
function tolerant(until: number): <T>(known: T, read: () => Promise<T>) => Promise<T> {
  let answered = performance.now();
  return async (known, read) => {
    try {
      const next = await read();
      answered = performance.now();
      return next;
    } catch (error) {
      if (error instanceof CliError && error.code === exit.unhealthy && performance.now() < Math.min(until, answered + AWAY_MS)) return known;
      throw error;
    }
  };
}

/** One that failed on main is taken back by itself: that is its end. */
function hasEnded({ status, outcome = '' }: Change): boolean {
  return !['requested', 'proposed', 'merged'].includes(status) && !(status === 'failed' && outcome.includes('is being taken back'));
}

/** What must be looked at is merged by a person, and so is every change of the model; the rest goes by itself. */
function waiting({ kind }: Change, { pull, checks }: PullPage): 'waits' | 'stuck' | undefined {
  if (pull.state !== 'open') return undefined;
  if (checks.some(({ passed, running }) => !passed && !running)) return 'stuck';
  return pull.needed > 0 || kind === 'knob' || kind === 'scale' ? 'waits' : undefined;
}

function stateText({ status, environment, summary, id, pull, commit = '', outcome }: Change): string {
  const about: Partial<Record<Change['status'], string>> = {
    requested: `${summary} in ${environment} (request ${id})`,
    proposed: `pull request ${String(pull)}: ${summary}`,
    merged: `${short(commit)} is on main, and is being rolled out`,
    succeeded: outcome ?? `${summary} in ${environment}`,
  };
  return oneLine(`${status.padEnd(10)} ${about[status] ?? outcome ?? summary}`);
}
