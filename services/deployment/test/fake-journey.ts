/**
 * Stands in for `node platform/cli/main.ts` in tests: the same commands, input, output and exit codes, over the small
 * repository of `fixture-repository.ts`. Started by `platform/cli/main.ts` of a test's own root.
 * The knob `mood` makes it misbehave: `checks-fail`, `crash`, `garbage`, `slow`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { listTree, readCommit, readTreeFile } from '../../kit/git-objects.ts';
import { gitText } from '../../kit/git.ts';
import type { Change, Fact, Proposal, Proposed } from '../domain/proposal.ts';
import { commitOn, environmentTexts } from './fixture-repository.ts';

interface Graph { nodes: { name: string; kind: string; release?: string }[]; knobs: { name: string; value: string | number }[]; delivery: object }
type Texts = Record<string, string>;

class Refusal extends Error {}

export async function main(args: readonly string[]): Promise<number> {
  try {
    if (args[0] === 'propose') return await propose(JSON.parse(await stdin()) as Proposal);
    if (args[0] === 'diff') return await diff(args);
    throw new Refusal(`no command ${String(args[0])}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say({ error: { code: 2, what: error.message, why: 'the fake says so', fix: 'Ask otherwise.' } });
    return 2;
  }
}

async function propose(proposal: Proposal): Promise<number> {
  const { repository, base, change } = proposal;
  const mood = change.kind === 'knob' && change.knob === 'mood' ? String(change.value) : '';
  if (mood === 'crash') throw new Error('the model cannot be loaded');
  if (mood === 'garbage') process.stdout.write('this is no JSON\n');
  if (mood === 'garbage') return 0;
  if (mood === 'slow') await pause(60_000);
  const began = Date.now();
  const made = await make(repository, base, change);
  const same = Object.keys(made.texts).length === 0;
  const message = `${proposal.title}\n\n${proposal.reason}\n\n${Object.entries(proposal.trailers).map(([key, value]) => `${key}: ${value}`).join('\n')}\n`;
  const commit = same ? base : await commitOn(repository, base, made.texts, { message, author: proposal.author });
  const answer: Proposed & { timings: object[] } = {
    commit, base, facts: made.facts, environments: environmentsOf(made), workloads: made.workloads,
    checks: [{ name: 'check', passed: mood !== 'checks-fail', said: mood === 'checks-fail' ? ['policy no-moods: the mood is bad'] : [] }],
    diff: diffOf(base, commit, made.facts), timings: [{ name: 'git.propose', startedAt: began, ms: Date.now() - began }],
  };
  say(answer);
  return 0;
}

const diffOf = (from: string, to: string, facts: readonly Fact[]) => ({
  // Without commits: the same change is the same text on any base.
  from, to, text: facts.map(({ environment, subject, from: a, to: b }) => `${environment} ${subject} ${a} → ${b}\n`).join(''), environments: [...new Set(facts.map(({ environment }) => environment))].map((name) => ({ name })),
});

const environmentsOf = ({ facts, texts }: Made) => [...new Set([...facts.map(({ environment }) => environment), ...Object.keys(texts).flatMap((path) => /^synth\/([a-z]+)\//.exec(path)?.[1] ?? [])])];

interface Made { readonly texts: Record<string, string | null>; readonly facts: readonly Fact[]; readonly workloads: readonly string[] }

async function make(repository: string, base: string, change: Change): Promise<Made> {
  if (change.kind === 'rollback') return undo(repository, base, change.commit, change.environment);
  if (change.kind === 'promotion') {
    const [from, to] = [releasesOf(await graphAt(repository, base, change.from)), await graphAt(repository, base, change.to)];
    const next = { ...releasesOf(to), ...Object.fromEntries(change.workloads.map((name) => [name, from[name] ?? 'unbuilt'])) };
    return between(change.to, to, next, knobsOf(to));
  }
  const graph = await graphAt(repository, base, change.environment);
  if (change.kind === 'release') return between(change.environment, graph, { ...releasesOf(graph), [change.workload]: change.release }, knobsOf(graph));
  if (change.kind === 'knob') return between(change.environment, graph, releasesOf(graph), { ...knobsOf(graph), [change.knob]: change.value });
  return {
    texts: { [`environments/${change.environment}.ts`]: `// ${change.workload}: ${change.replicas}\n` }, workloads: [change.workload],
    facts: [{ environment: change.environment, subject: `scale/${change.workload}`, from: '1', to: String(change.replicas) }],
  };
}

function between(environment: string, before: Graph, release: Record<string, string>, knobs: Record<string, string | number>): Made {
  const [oldReleases, oldKnobs] = [releasesOf(before), knobsOf(before)];
  const facts: Fact[] = [
    ...Object.entries(release).flatMap(([name, to]) => (oldReleases[name] === to ? [] : [{ environment, subject: `release/${name}`, from: oldReleases[name] ?? 'absent', to }])),
    ...Object.entries(knobs).flatMap(([name, to]) => (oldKnobs[name] === to ? [] : [{ environment, subject: `knob/${name}`, from: String(oldKnobs[name]), to: String(to) }])),
  ];
  const texts = facts.length === 0 ? {} : environmentTexts(environment, { release, knobs, delivery: before.delivery });
  return { texts, facts, workloads: facts.map(({ subject }) => (subject.startsWith('release/') ? subject.slice(8) : 'gateway')) };
}

/** The files of the commit's first parent, where nobody has changed them since. */
async function undo(repository: string, base: string, commit: string, environment: string): Promise<Made> {
  const parent = (await readCommit(repository, commit)).parents[0] ?? '';
  const [before, after, now] = await Promise.all([parent, commit, base].map((one) => files(repository, one)));
  const texts: Record<string, string | null> = {};
  for (const path of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    const [a, b, c] = [before?.[path], after?.[path], now?.[path]];
    if (a === b || c === a) continue;
    if (c !== b) throw new Refusal(`${path} was changed since`);
    texts[path] = a ?? null;
  }
  const path = `synth/${environment}/journey.json`;
  const [from, to] = [now?.[path], texts[path]].map((text) => (typeof text === 'string' ? JSON.parse(text) as Graph : undefined));
  const made = from && to ? between(environment, from, releasesOf(to), knobsOf(to)) : { facts: [], workloads: [] };
  return { texts, facts: made.facts, workloads: made.workloads };
}

async function diff(args: readonly string[]): Promise<number> {
  const [from = '', to = ''] = (args[1] ?? '').split('..');
  const repository = args[args.indexOf('--repository') + 1] ?? '';
  const environments = (args[2] ?? '').startsWith('--') ? ['local', 'dev', 'staging', 'production'] : [args[2] ?? ''];
  const facts: Fact[] = [];
  for (const name of environments) {
    const [before, after] = [await graphAt(repository, from, name), await graphAt(repository, to, name)];
    facts.push(...between(name, before, releasesOf(after), knobsOf(after)).facts);
  }
  say(diffOf(from, to, facts));
  return 0;
}

async function graphAt(repository: string, commit: string, environment: string): Promise<Graph> {
  const bytes = await readTreeFile(repository, commit, `synth/${environment}/journey.json`);
  if (bytes === null) throw new Refusal(`There is no environment "${environment}".`);
  return JSON.parse(bytes.toString('utf8')) as Graph;
}
const releasesOf = ({ nodes }: Graph): Record<string, string> => Object.fromEntries(nodes.flatMap(({ name, kind, release = '' }) => (kind === 'workload' ? [[name, release]] : [])));
const knobsOf = ({ knobs }: Graph): Record<string, string | number> => Object.fromEntries(knobs.map(({ name, value }) => [name, value]));

async function files(repository: string, commit: string): Promise<Texts> {
  const entries = await listTree(repository, commit);
  return Object.fromEntries(await Promise.all(entries.map(async ({ path, object }) => [path, await gitText(repository, ['cat-file', 'blob', object])] as const)));
}

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
async function stdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
