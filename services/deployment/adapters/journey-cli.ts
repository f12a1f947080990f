import { availableParallelism } from 'node:os';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { textOf } from '../../kit/redact.ts';
import { problem } from '../../kit/problem.ts';
import type { Proposal, Proposed } from '../domain/proposal.ts';
import { runNode } from './child.ts';
import { openGate } from './gate.ts';

/** What the command line measured while it made the proposal. */
export interface Timing { readonly name: string; readonly startedAt: number; readonly ms: number }
export type ProposeAnswer =
  | { readonly kind: 'proposed'; readonly proposed: Proposed; readonly diffText: string; readonly timings: readonly Timing[] }
  /** It cannot be made, and will not be by trying again: what, why and what to do. */
  | { readonly kind: 'refused'; readonly why: string };
export interface Diff { readonly from: string; readonly to: string; readonly text: string; readonly environments: readonly unknown[] }

/** The command line as a child process: it alone knows the model, and it is given none of this service's secrets. */
export interface JourneyCli {
  /** @throws Problem `unavailable` when it failed for a reason that may pass */
  propose(proposal: Proposal): Promise<ProposeAnswer>;
  /** @throws Problem `not_found` when there is no such commit or environment, `unavailable` */
  diff(range: { readonly folder: string; readonly from: string; readonly to: string; readonly environment?: string }): Promise<Diff>;
}

const MAIN = 'platform/cli/main.ts';
const LARGEST = 32 * 1024 * 1024;
/** Exit codes of the command line (platform/cli/command.ts): usage, and a model or manifest that is wrong. */
const REFUSALS: readonly (number | null)[] = [2, 3];

/** At once: each loads the whole model and uses a processor for seconds; one processor is left for requests. */
const MOST = Math.max(1, Math.min(2, availableParallelism() - 1));

/**
 * @param root the checkout whose command line is run
 * @param ending ends what runs when the service stops
 */
export function openJourneyCli(root: string, ending: AbortSignal): JourneyCli {
  const gate = openGate(MOST);
  const run = (args: readonly string[], options: { readonly input?: string; readonly timeoutMs: number }, turn?: 'next') =>
    gate(() => runNode([MAIN, ...args], { ...options, folder: root, maxBytes: LARGEST, signal: ending }), turn);
  return {
    async propose(proposal) {
      const answer = await run(['propose', '--json'], { input: JSON.stringify(proposal), timeoutMs: 90_000 });
      const said = lastJson(answer.stdout);
      if (answer.exit === 0 && isProposed(said)) {
        return { kind: 'proposed', proposed: said, diffText: textIn(said.diff), timings: timingsIn(said) };
      }
      if (REFUSALS.includes(answer.exit)) return { kind: 'refused', why: reasonOf(said, answer.stderr) };
      throw failure('The change could not be worked out', answer);
    },
    async diff({ folder, from, to, environment }) {
      const answer = await run(['diff', `${from}..${to}`, ...(environment === undefined ? [] : [environment]), '--json', '--repository', folder], { timeoutMs: 30_000 }, 'next');
      const said = lastJson(answer.stdout);
      if (answer.exit === 0 && isDiff(said)) return said;
      if (REFUSALS.includes(answer.exit)) throw problem('not_found', reasonOf(said, answer.stderr), { fix: 'Name two commits that GET /v1/history lists.' });
      throw failure('The diff could not be worked out', answer);
    },
  };
}

function failure(what: string, { exit, ended, stderr }: { readonly exit: number | null; readonly ended?: string; readonly stderr: string }) {
  const how = ended ?? (exit === null ? 'it could not be started' : `exit ${String(exit)}`);
  return problem('unavailable', `${what}: ${how}${stderr === '' ? '' : `: ${lineOf(stderr)}`}`, { fix: 'Try again; `./journey synth --check` and `./journey check` show whether the model is well.' });
}

/** `--json` prints one value per line; the last one is the answer. */
function lastJson(text: string): unknown {
  try {
    return JSON.parse(text.trim().split('\n').at(-1) ?? '');
  } catch {
    return undefined;
  }
}

/** `{error}` on stdout, or the three lines on stderr. */
function reasonOf(said: unknown, stderr: string): string {
  const error = field(said, 'error');
  const parts = typeof error === 'string' ? [error] : ['what', 'message', 'why', 'fix'].map((key) => field(error, key)).filter((part) => typeof part === 'string');
  return lineOf(parts.length > 0 ? parts.join(' ') : stderr) || 'The command line refused it without saying why.';
}

const lineOf = (text: string): string => textOf(text).replace(/\s+/g, ' ').trim().slice(0, 1000);
const field = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined);
const textIn = (diff: unknown): string => { const text = field(diff, 'text'); return typeof text === 'string' ? text : ''; };

function timingsIn(said: object): readonly Timing[] {
  const timings = field(said, 'timings');
  return Array.isArray(timings) ? timings.filter(isTiming) : [];
}
function isTiming(value: unknown): value is Timing {
  return typeof field(value, 'name') === 'string' && typeof field(value, 'startedAt') === 'number' && typeof field(value, 'ms') === 'number';
}

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const commit = { type: 'string', pattern: '^[0-9a-f]{40}$' } as const;
const ajv = new Ajv2020({ strict: true, strictRequired: false });
const isProposed = ajv.compile<Proposed>({
  type: 'object', required: ['commit', 'base', 'facts', 'environments', 'workloads', 'checks', 'diff'],
  properties: {
    commit, base: commit, environments: texts, workloads: texts,
    facts: { type: 'array', items: { type: 'object', required: ['environment', 'subject', 'from', 'to'], properties: { environment: text, subject: text, from: text, to: text } } },
    checks: { type: 'array', items: { type: 'object', required: ['name', 'passed', 'said'], properties: { name: text, passed: { type: 'boolean' }, said: texts } } },
  },
});
const isDiff = ajv.compile<Diff>({ type: 'object', required: ['from', 'to', 'text', 'environments'], properties: { from: text, to: text, text, environments: { type: 'array' } } });
