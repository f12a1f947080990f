import { join } from 'node:path';
import type { LocalProcess } from '../../targets/local/plan.ts';
import { openBoard, type Board } from './board.ts';
import { startDatabases } from './database-server.ts';
import type { Folder } from './folder.ts';
import { identityOf } from './identity.ts';
import { removeDamaged } from './json-file.ts';
import { lastWords } from './last-words.ts';
import { launchProcess, runProcess, type LaunchOptions } from './launch.ts';
import { endLeftovers } from './leftovers.ts';
import { release, take } from './lock.ts';
import { rotate } from './log-file.ts';
import { startMailSink } from './mail-sink.ts';
import { migratedFile, migrationStamp } from './migrations.ts';
import { firstPeople, type FirstSignIn } from './people.ts';
import { requireFree } from './ports.ts';
import { prepare, type Env, type LocalModel, type Prepared } from './prepare.ts';
import { probe } from './probe.ts';
import type { RunState } from './state.ts';
import { supervise, type Status, type Supervised } from './supervise.ts';
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
    const damage = removeDamaged(migratedFile(folder));
    if (damage) options.tell(`${damage.message} (${damage.why}): it is removed, and the migrations run again`);
    const prepared = await prepare(folder, options.model, options.env);
    await requireFree(prepared.ports);
    board = openBoard(prepared, identityOf(process.pid) ?? { pid: process.pid, started: '' }, new Date().toISOString());
    const running = new Map<string, Supervised>();
    const firstSignIn = await startAll(prepared, board, options, running, stops);
    board.phase('running');
    tick = setInterval(() => void watch(folder, running), CHECK_EVERY_MS);
    return { state: board.state, stop, ...(firstSignIn ? { firstSignIn } : {}) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(prepared: Prepared, board: Board, options: RunnerOptions, running: Map<string, Supervised>, stops: (() => Promise<unknown>)[]): Promise<FirstSignIn | undefined> {
  const { plan } = prepared;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const builds = new Map(plan.processes.map((process) => [process.name, build(prepared, process, board, options, signal)]));
  // Awaited where they are needed; until then a failure must not count as unhandled.
  for (const one of builds.values()) one.catch(() => {});
  stops.push(() => Promise.allSettled(builds.values()));
  try {
    const [, databases] = await Promise.all([startMail(prepared, stops), startDatabases(prepared, board, signal, options.tell)]);
    if (databases) {
      running.set('postgres', databases);
      stops.push(() => databases.stop(4000));
    }
    stops.push(() => Promise.all([...running].map(([name, one]) => (name === 'postgres' ? undefined : one.stop()))));
    let firstSignIn: FirstSignIn | undefined;
    const prompt = plan.processes.filter((process) => process.build === undefined);
    const start = async (process: LocalProcess) => {
      await migrate(prepared, process, board, signal);
      signal.throwIfAborted();
      if (process.name === prepared.keys) firstSignIn = await makePeople(prepared, process, board, signal);
      const supervised = superviseProcess(prepared, process, board, options);
      running.set(process.name, supervised);
      await supervised.start();
      signal.throwIfAborted();
    };
    await Promise.all([
      together(prompt, AT_ONCE, start),
      // What must be built first does not hold up the others.
      ...plan.processes.filter((process) => process.build !== undefined).map(async (process) => {
        await builds.get(process.name);
        await start(process);
      }),
    ]);
    return firstSignIn;
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

async function startMail({ mail, folder, ports }: Prepared, stops: (() => Promise<unknown>)[]): Promise<void> {
  if (!mail) return;
  const sink = await startMailSink(join(folder.data, 'mail'), ports['mail'] ?? 0);
  stops.push(() => sink.stop());
}

function launchOptions(prepared: Prepared, process: LocalProcess, command: readonly string[]): LaunchOptions {
  return { folder: prepared.folder, name: process.name, command, env: envFor(process, prepared.own), guard: policyFor(prepared.plan, process, prepared.own) };
}

function superviseProcess(prepared: Prepared, process: LocalProcess, board: Board, options: RunnerOptions): Supervised {
  const url = `${urlOfProcess(process.name, process.probes.port, prepared.ports)}${process.probes.ready}`;
  const launched = launchOptions(prepared, process, process.command);
  return supervise({
    spawn: () => launchProcess(launched),
    probe: () => probe(url),
    lastWords: () => lastWords(prepared.folder.log(process.name)),
    changed(status) {
      board.set(process.name, status);
      options.changed?.(process.name, status);
    },
  });
}

/** Beside everything else: the first build takes half a minute. */
async function build(prepared: Prepared, process: LocalProcess, board: Board, options: RunnerOptions, signal: AbortSignal): Promise<void> {
  if (process.build === undefined) return;
  board.set(process.name, { health: 'Progressing', why: 'being built', restarts: 0 });
  const { guard: _guard, ...unguarded } = launchOptions(prepared, process, process.build);
  const started = performance.now();
  await runHelper(unguarded, prepared, board, signal);
  const seconds = (performance.now() - started) / 1000;
  if (seconds > 2) options.tell(`built ${process.name} in ${seconds.toFixed(0)} s`);
}

async function migrate(prepared: Prepared, process: LocalProcess, board: Board, signal: AbortSignal): Promise<void> {
  if (process.migrate === undefined) return;
  const file = migratedFile(prepared.folder);
  const stamp = migrationStamp(prepared.folder, process, prepared.own);
  if (file.read()?.[process.name] === stamp) return;
  board.set(process.name, { health: 'Progressing', why: 'its database is being brought up to date', restarts: 0 });
  await runHelper(launchOptions(prepared, process, process.migrate), prepared, board, signal);
  file.write({ ...file.read(), [process.name]: stamp });
}

function makePeople(prepared: Prepared, process: LocalProcess, board: Board, signal: AbortSignal): Promise<FirstSignIn | undefined> {
  return firstPeople({
    folder: prepared.folder,
    database: Object.values(process.env).flatMap((value) => (value.from === 'backing' ? [prepared.own.urls[value.backing] ?? ''] : [])).join(' '),
    dashboard: urlOfProcess(DASHBOARD, 'http', prepared.ports),
    bootstrap: (input) => runHelper({ ...launchOptions(prepared, process, [...process.command, 'bootstrap']), input }, prepared, board, signal),
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

async function watch(folder: Folder, running: ReadonlyMap<string, Supervised>): Promise<void> {
  for (const name of running.keys()) rotate(folder.log(name));
  await Promise.allSettled([...running.values()].map((one) => one.check()));
}
