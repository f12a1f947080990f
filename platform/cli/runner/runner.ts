import { join } from 'node:path';
import type { LocalProcess } from '../../targets/local/plan.ts';
import { startApi } from '../reconciler/api.ts';
import type { Spec } from '../reconciler/instance.ts';
import { sweepPlaces } from '../propose/place.ts';
import { openReconciler, type Reconciler } from '../reconciler/reconciler.ts';
import { openRemote } from '../reconciler/remote.ts';
import { PATIENCE, type Patience } from '../reconciler/rollout.ts';
import { bindSockets } from '../reconciler/sockets.ts';
import { openWorkTrees } from '../reconciler/work-trees.ts';
import { openBoard, type Board } from './board.ts';
import { startDatabases } from './database-server.ts';
import type { Folder } from './folder.ts';
import { identityOf } from './identity.ts';
import { removeDamaged } from './json-file.ts';
import { lastWords } from './last-words.ts';
import { runProcess, type LaunchOptions } from './launch.ts';
import { endLeftovers } from './leftovers.ts';
import { release, take } from './lock.ts';
import { rotate } from './log-file.ts';
import { startMailSink } from './mail-sink.ts';
import { migratedFile, migrationStamp } from './migrations.ts';
import { firstPeople, type FirstSignIn } from './people.ts';
import { requireFree } from './ports.ts';
import { prepare, type Env, type LocalModel, type Prepared } from './prepare.ts';
import type { RunState } from './state.ts';
import type { Status, Supervised } from './supervise.ts';
import { together } from './together.ts';
import { envFor, policyFor, urlOfProcess } from './values.ts';

export interface RunnerOptions {
  readonly folder: Folder;
  readonly model: LocalModel;
  readonly env: Env;
  readonly signal: AbortSignal;
  /** What happens, one line each. */
  readonly tell: (line: string) => void;
  /** A process changed: health, pid or reason. */
  readonly changed?: (name: string, status: Status) => void;
  /** How long a new release is waited for and watched; a test has less of it. */
  readonly patience?: Patience;
}
export interface Runner {
  readonly state: () => RunState;
  /** On the first run alone. */
  readonly firstSignIn?: FirstSignIn;
  /** Ends everything, workloads before what they use. */
  stop(): Promise<void>;
}

/** Two at a time: more compete for two processors and all become slower. */
const AT_ONCE = 2;
const DASHBOARD = 'dashboard';
const CHECK_EVERY_MS = 3000;

/**
 * Starts everything the plan names and keeps it running. Takes the run lock; resolves when each process is ready or
 * has had its time. @returns undefined when another runner of this checkout lives
 * @throws {CliError} and stops what it had started: ports in use (5), a build, migration or database that fails (1)
 */
export async function startRunner(options: RunnerOptions): Promise<Runner | undefined> {
  const { folder } = options;
  if (take(folder.lock)) return undefined;
  const stops: (() => Promise<unknown>)[] = [];
  let tick: NodeJS.Timeout | undefined;
  let board: Board | undefined;
  const stop = async () => {
    clearInterval(tick);
    board?.phase('stopping');
    // Last started, first stopped: workloads, mail, then the database.
    for (const one of stops.toReversed()) await one();
    await endLeftovers(folder);
    release(folder.lock);
  };
  try {
    const ended = await endLeftovers(folder, options.tell);
    if (ended > 0) options.tell(`ended ${ended} processes that an earlier run left behind`);
    await sweepPlaces(folder.root);
    const damage = removeDamaged(migratedFile(folder));
    if (damage) options.tell(`${damage.message} (${damage.why}): it is removed, and the migrations run again`);
    const prepared = await prepare(folder, options.model, options.env);
    await requireFree(prepared.ports);
    board = openBoard(prepared, identityOf(process.pid) ?? { pid: process.pid, started: '' }, new Date().toISOString());
    const databases: Supervised[] = [];
    const firstSignIn = await startAll(prepared, board, options, databases, stops);
    board.phase('running');
    tick = setInterval(() => void watch(prepared, databases), CHECK_EVERY_MS);
    return { state: board.state, stop, ...(firstSignIn ? { firstSignIn } : {}) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(prepared: Prepared, board: Board, options: RunnerOptions, databases: Supervised[], stops: (() => Promise<unknown>)[]): Promise<FirstSignIn | undefined> {
  const { plan, folder, own } = prepared;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const remote = await openRemote({ root: folder.root, remote: folder.remote }, options.tell);
  let firstSignIn: FirstSignIn | undefined;
  const reconciler = await openReconciler({
    folder, installation: own.id, disk: plan, remote, patience: options.patience ?? PATIENCE, tell: options.tell,
    workTrees: openWorkTrees(folder.root, remote?.folder),
    socketsOf: (process) => bindSockets(process, prepared.ports),
    specOf: (process, root) => specOf(prepared, process, root),
    build: (process, root, given) => build(prepared, process, root, board, options, AbortSignal.any([signal, given])),
    async ready(process, root, given) {
      const both = AbortSignal.any([signal, given]);
      await build(prepared, process, root, board, options, both);
      await migrate(prepared, process, root, board, both);
      if (process.name === prepared.keys) firstSignIn ??= await makePeople(prepared, process, root, board, both);
    },
    helpers: () => [...board.state().helpers, ...databases.flatMap((one) => one.status().identity ?? [])],
    changed(name, { health, why, live }, { identities: [identity, ...others], restarts }) {
      const status: Status = { health, restarts, ...(why === undefined ? {} : { why }), ...(identity ? { identity } : {}) };
      board.set(name, { ...status, release: live.release === 'none' ? plan.processes.find((one) => one.name === name)?.release ?? '' : live.release, others });
      options.changed?.(name, status);
    },
  });
  try {
    const [, server] = await Promise.all([startMail(prepared, stops), startDatabases(prepared, board, signal, options.tell)]);
    if (server) {
      databases.push(server);
      stops.push(() => server.stop(4000));
    }
    stops.push(() => reconciler.stop());
    await serveReconciler(prepared, reconciler, stops);
    await reconciler.start((begin) => inOrder(plan.processes, begin, signal));
    reconciler.follow();
    return firstSignIn;
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

/** What must be built first does not hold up the others. */
async function inOrder(processes: readonly LocalProcess[], begin: (name: string) => Promise<void>, signal: AbortSignal): Promise<void> {
  const start = async ({ name }: LocalProcess) => {
    signal.throwIfAborted();
    await begin(name);
    signal.throwIfAborted();
  };
  await Promise.all([
    together(processes.filter((process) => process.build === undefined), AT_ONCE, start),
    ...processes.filter((process) => process.build !== undefined).map(start),
  ]);
}

async function serveReconciler({ ports, secrets }: Prepared, reconciler: Reconciler, stops: (() => Promise<unknown>)[]): Promise<void> {
  const [port, key] = [ports['engine'], secrets.passwords['engine']];
  if (port === undefined || key === undefined) return;
  const api = await startApi({ port, key, reconciler });
  stops.push(() => api.stop());
}

async function startMail({ mail, folder, ports }: Prepared, stops: (() => Promise<unknown>)[]): Promise<void> {
  if (!mail) return;
  const sink = await startMailSink(join(folder.data, 'mail'), ports['mail'] ?? 0);
  stops.push(() => sink.stop());
}

function launchOptions(prepared: Prepared, process: LocalProcess, root: string, command: readonly string[]): LaunchOptions {
  return { folder: prepared.folder, name: process.name, root, command, env: envFor(process, prepared.own), guard: policyFor(prepared.plan, process, prepared.own) };
}

function specOf(prepared: Prepared, process: LocalProcess, root: string): Spec {
  const { metrics, ready } = process.probes;
  return {
    name: process.name, release: process.release, root, command: process.command, ready, ...(metrics === undefined ? {} : { metrics }),
    env: envFor(process, prepared.own), guard: policyFor(prepared.plan, process, prepared.own),
  };
}

/** Beside everything else: the first build takes half a minute. It does nothing when its sources are the ones of the last. */
async function build(prepared: Prepared, process: LocalProcess, root: string, board: Board, options: RunnerOptions, signal: AbortSignal): Promise<void> {
  if (process.build === undefined) return;
  const { guard: _guard, ...unguarded } = launchOptions(prepared, process, root, process.build);
  const started = performance.now();
  await runHelper(unguarded, prepared, board, signal);
  const seconds = (performance.now() - started) / 1000;
  if (seconds > 2) options.tell(`built ${process.name} in ${seconds.toFixed(0)} s`);
}

async function migrate(prepared: Prepared, process: LocalProcess, root: string, board: Board, signal: AbortSignal): Promise<void> {
  if (process.migrate === undefined) return;
  const file = migratedFile(prepared.folder);
  const stamp = migrationStamp(prepared.folder, process, prepared.own, root);
  if (file.read()?.[process.name] === stamp) return;
  await runHelper(launchOptions(prepared, process, root, process.migrate), prepared, board, signal);
  file.write({ ...file.read(), [process.name]: stamp });
}

function makePeople(prepared: Prepared, process: LocalProcess, root: string, board: Board, signal: AbortSignal): Promise<FirstSignIn | undefined> {
  return firstPeople({
    folder: prepared.folder,
    database: Object.values(process.env).flatMap((value) => (value.from === 'backing' ? [prepared.own.urls[value.backing] ?? ''] : [])).join(' '),
    dashboard: urlOfProcess(DASHBOARD, 'http', prepared.ports),
    bootstrap: (input) => runHelper({ ...launchOptions(prepared, process, root, [...process.command, 'bootstrap']), input }, prepared, board, signal),
  });
}

/** Runs something to its end; the board remembers it meanwhile, so that nothing outlives a killed runner. */
async function runHelper(launched: LaunchOptions, { folder }: Prepared, board: Board, signal: AbortSignal): Promise<string> {
  let forget = () => {};
  try {
    return await runProcess(launched, () => lastWords(folder.log(launched.name)), signal, (child) => {
      forget = board.helper(child.pid === undefined ? undefined : identityOf(child.pid));
    });
  } finally {
    forget();
  }
}

async function watch({ folder, plan }: Prepared, databases: readonly Supervised[]): Promise<void> {
  for (const name of ['postgres', ...plan.processes.map((one) => one.name)]) rotate(folder.log(name));
  await Promise.allSettled(databases.map((one) => one.check()));
}
