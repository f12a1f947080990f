import type { LocalPlan, LocalProcess } from '../../targets/local/plan.ts';
import { CliError } from '../command.ts';
import { endAll } from '../runner/end.ts';
import type { Folder } from '../runner/folder.ts';
import { identityOf, type Identity } from '../runner/identity.ts';
import { jsonFile } from '../runner/json-file.ts';
import { together } from '../runner/together.ts';
import { desiredOf } from './desired.ts';
import { driftOfExtra, extrasOf } from './extras.ts';
import type { Spec } from './instance.ts';
import { ENGINE, type LiveEnvironment, type LiveWorkload } from './live.ts';
import { planAt } from './plan-file.ts';
import { environmentDrift, environmentOf } from './process-drift.ts';
import type { Remote } from './remote.ts';
import type { Patience } from './rollout.ts';
import type { Sockets } from './sockets.ts';
import { absentState, DROPPED, secretsOf, stateOf } from './state-of.ts';
import type { WorkTrees } from './work-trees.ts';
import { Control } from './workload.ts';

export interface ReconcilerOptions {
  readonly folder: Folder;
  readonly installation: string;
  /** What the files on disk say. */
  readonly disk: LocalPlan;
  /** Absent: what is on disk is what runs, and nothing changes. */
  readonly remote: Remote | undefined;
  readonly workTrees: WorkTrees;
  readonly patience: Patience;
  readonly socketsOf: (process: LocalProcess) => Sockets;
  readonly specOf: (process: LocalProcess, root: string) => Spec;
  /** Build and database of a release, before its first start. */
  readonly ready: (process: LocalProcess, root: string, signal: AbortSignal) => Promise<void>;
  /** Builds ahead of a merge. */
  readonly build: (process: LocalProcess, root: string, signal: AbortSignal) => Promise<void>;
  readonly changed: (name: string, state: LiveWorkload, processes: { readonly identities: readonly Identity[]; readonly restarts: number }) => void;
  /** Processes besides the workloads' that belong to the runner. */
  readonly helpers: () => readonly Identity[];
  readonly tell: (line: string) => void;
}
export interface Reconciler {
  /** Starts everything, in this order; resolves when each had its time. */
  start(order: (begin: (name: string) => Promise<void>) => Promise<void>): Promise<void>;
  /** Begins to follow main. */
  follow(): void;
  live(): LiveEnvironment;
  /** Told at every change. @returns ends it */
  subscribe(listener: () => void): () => void;
  sync(): Promise<void>;
  setAutomatic(automatic: boolean): Promise<void>;
  prepare(workload: string, release: string): Promise<void>;
  stop(): Promise<void>;
}

const TIP_MS = 200;
const LOOK_MS = 1500;
/** Two at a time: more compete for two processors and all become slower. */
const AT_ONCE = 2;

export async function openReconciler(options: ReconcilerOptions): Promise<Reconciler> {
  const { folder, remote, disk, workTrees } = options;
  const settings = jsonFile<{ automatic: boolean }>(`${folder.base}/sync.json`, { type: 'object', required: ['automatic'], properties: { automatic: { type: 'boolean' } } }, { fix: 'Remove it: automatic sync is then on.' });
  const head = remote?.head === undefined ? undefined : await planAt(remote.folder, remote.head).catch(() => undefined);
  const listeners = new Set<() => void>();
  const ended = new AbortController();
  let automatic = settings.read()?.automatic ?? true;
  let [revision, unknown]: [string | undefined, string | undefined] = [undefined, undefined];
  let extras: ReturnType<typeof extrasOf> = new Map();
  let suspects: ReturnType<typeof extrasOf> = new Map();
  let looking = false;
  let timers: NodeJS.Timeout[] = [];

  const controls = new Map<string, Control>();
  /** Main has them; the checkout, which gives a workload its ports and its files, has not. */
  let elsewhere: readonly LocalProcess[] = [];
  const dropped = new Set<string>();
  const stateFor = (control: Control) => stateOf(control, {
    wanted: options.specOf(control.wanted.process, folder.root), extra: [...(extras.get(control.name) ?? []).map(driftOfExtra), ...(dropped.has(control.name) ? [DROPPED] : [])], ...(unknown === undefined ? {} : { unknown }),
  });
  const told = new Map<string, string>();
  const changed = (control: Control) => {
    const state = stateFor(control);
    const identities = control.identities();
    // Looks come every second and mostly find nothing new.
    const text = JSON.stringify([state, identities, automatic, revision]);
    if (told.get(control.name) === text) return;
    told.set(control.name, text);
    options.changed(control.name, state, { identities, restarts: control.restarts });
    for (const one of listeners) one();
  };

  /** @returns what main wants now; what is on disk when it cannot be read, with the reason kept */
  async function wanted(): Promise<readonly LocalProcess[]> {
    const tip = remote?.tip();
    if (remote === undefined || tip === undefined) return disk.processes;
    try {
      const main = await planAt(remote.folder, tip);
      const processes = desiredOf({ disk, head, main });
      [revision, unknown] = [tip, undefined];
      elsewhere = main.processes.filter(({ name }) => !disk.processes.some((one) => one.name === name));
      return processes;
    } catch (error) {
      unknown = `main cannot be followed: ${error instanceof Error ? error.message : String(error)}`;
      options.tell(unknown);
      revision = tip;
      return controls.size > 0 ? [...controls.values()].map((one) => one.wanted.process) : disk.processes;
    }
  }

  function controlOf(process: LocalProcess): Control {
    const control: Control = new Control({ process, commit: revision ?? '' }, {
      folder, patience: options.patience, tell: options.tell, sockets: options.socketsOf(process),
      changed: () => changed(control),
      async specOf(of, signal) {
        const root = await workTrees.rootOf(of.release);
        await options.ready(of, root, signal);
        return options.specOf(of, root);
      },
    });
    return control;
  }

  /** Follows main when it has moved: every workload that it wants otherwise, two at a time. */
  async function reconcile(force = false): Promise<void> {
    const processes = await wanted();
    dropped.clear();
    for (const name of controls.keys()) if (!processes.some((one) => one.name === name)) dropped.add(name);
    if (automatic || force) await Promise.all([...dropped].map(drop));
    const moved = processes.flatMap((process) => {
      const before = controls.get(process.name);
      const control = before ?? controlOf(process);
      controls.set(process.name, control);
      const same = before !== undefined && JSON.stringify(before.wanted.process) === JSON.stringify(process);
      return !same || (force && !isAsWanted(control)) ? [{ control, wanted: { process, commit: revision ?? '' } }] : [];
    });
    if (automatic || force) await together(moved, AT_ONCE, ({ control, wanted: next }) => control.become(next));
    else for (const { control, wanted: next } of moved) control.want(next);
    for (const control of controls.values()) changed(control);
  }

  async function drop(name: string): Promise<void> {
    const control = controls.get(name);
    if (!control) return;
    await control.stop();
    changed(control);
    controls.delete(name);
    told.delete(name);
    options.tell(`${name} was stopped: main has it no more`);
  }

  const isAsWanted = (control: Control): boolean => {
    const { drift, sync } = stateFor(control);
    return sync === 'Synced' && drift.length === 0 && control.rollout?.phase !== 'Degraded';
  };

  async function look(): Promise<void> {
    if (looking || ended.signal.aborted) return;
    looking = true;
    try {
      await Promise.allSettled([...controls.values()].map((one) => one.look()));
      const known = new Set([...[...controls.values()].flatMap((one) => one.identities()), ...options.helpers()].map(({ pid }) => pid));
      const found = extrasOf(options.installation, disk.processes, known);
      // Shown when it was there at two looks: a process is known a moment after it was started.
      const before = new Set([...suspects.values()].flat().map(({ pid }) => pid));
      extras = new Map([...found].map(([name, all]) => [name, all.filter(({ pid }) => before.has(pid))]));
      suspects = found;
      if (automatic && !ended.signal.aborted) await heal();
      for (const control of controls.values()) changed(control);
    } finally {
      looking = false;
    }
  }

  /** Of drift that main did not cause: what main wants otherwise is `reconcile`'s. */
  async function heal(): Promise<void> {
    for (const [name, claimants] of extras) {
      for (const claimant of claimants) {
        const { pid } = claimant;
        const identity = identityOf(pid);
        if (!identity) continue;
        controls.get(name)?.note(driftOfExtra(claimant));
        options.tell(`ended process ${pid}, which claimed to be ${name} and was not started by this runner`);
        await endAll([identity]);
      }
    }
    for (const control of controls.values()) {
      for (const one of control.current) {
        const { identity } = one.supervised.status();
        const live = identity && environmentOf(identity.pid);
        const drift = live ? environmentDrift(one.spec.env, live, secretsOf(control.wanted.process)) : [];
        if (drift.length === 0 || control.busy) continue;
        options.tell(`${control.name} is started anew: ${drift.map(({ field, desired, live: has }) => `${field} is ${has} and should be ${desired}`).join('; ')}`);
        for (const each of drift) control.note(each);
        await control.renew(one);
      }
    }
  }

  function live(): LiveEnvironment {
    return { engine: ENGINE, environment: disk.environment, revision: revision ?? null, automatic, observedAt: new Date().toISOString(), workloads: [...[...controls.values()].map(stateFor), ...elsewhere.map(absentState)] };
  }

  return {
    async start(order) {
      const processes = await wanted();
      for (const process of processes) controls.set(process.name, controlOf(process));
      workTrees.sweep(new Set(processes.map(({ release }) => release)));
      await order(async (name) => {
        const control = controls.get(name);
        if (!control || ended.signal.aborted) return;
        await control.become(control.wanted);
        // A build or a migration that fails at the first start is told where it was asked for; a release that is not here leaves the others alone.
        if (control.trouble instanceof CliError) throw control.trouble;
      });
    },
    follow() {
      let seen = remote?.tip();
      let running = Promise.resolve();
      timers = [
        setInterval(() => {
          const tip = remote?.tip();
          if (tip === seen || ended.signal.aborted) return;
          seen = tip;
          // A later commit does not wait for an earlier rollout: `become` gives that one up.
          running = reconcile().catch((error: unknown) => options.tell(`main could not be followed: ${String(error)}`));
          void running;
        }, TIP_MS),
        setInterval(() => void look().catch((error: unknown) => options.tell(`looking at the processes failed: ${String(error)}`)), LOOK_MS),
      ];
    },
    live,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async sync() {
      await reconcile(true);
      await look();
    },
    async setAutomatic(next) {
      automatic = next;
      settings.write({ automatic });
      options.tell(`automatic sync is ${automatic ? 'on' : 'off'}`);
      for (const control of controls.values()) changed(control);
      if (automatic) void reconcile(true).catch((error: unknown) => options.tell(String(error)));
    },
    async prepare(workload, release) {
      const control = controls.get(workload);
      if (!control) throw new Error(`there is no workload "${workload}" here`);
      await options.build(control.wanted.process, await workTrees.rootOf(release), ended.signal);
    },
    async stop() {
      ended.abort();
      for (const timer of timers) clearInterval(timer);
      await Promise.all([...controls.values()].map((one) => one.stop()));
    },
  };
}

