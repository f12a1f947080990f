import { setTimeout as wait } from 'node:timers/promises';
import type { LocalProcess } from '../../targets/local/plan.ts';
import { endAll } from '../runner/end.ts';
import type { Folder } from '../runner/folder.ts';
import type { Identity } from '../runner/identity.ts';
import type { Status } from '../runner/supervise.ts';
import { burning, sum } from './figures.ts';
import { openInstance, type Instance, type Spec } from './instance.ts';
import type { Drift, Healed } from './live.ts';
import { begun, failed, judged, settled, type Patience, type Record } from './rollout.ts';
import type { Sockets } from './sockets.ts';

/** What main wants of a workload. */
export interface Wanted { readonly process: LocalProcess; readonly commit: string }
export interface ControlOptions {
  readonly folder: Folder;
  readonly sockets: Sockets;
  readonly patience: Patience;
  /** Makes ready whatever the release needs: its files, its build, its database. @throws {Error} that says why it cannot run */
  readonly specOf: (wanted: LocalProcess, signal: AbortSignal) => Promise<Spec>;
  readonly changed: () => void;
  readonly tell: (line: string) => void;
}

/**
 * Keeps one workload what it is wanted to be. A new release is started beside the old one, takes over when it is ready, and is
 * watched; one that does not become ready never takes over, and the old one goes on answering.
 */
export class Control {
  readonly name: string;
  readonly #options: ControlOptions;
  #wanted: Wanted;
  #current: readonly Instance[] = [];
  readonly #coming = new Set<Instance>();
  readonly #leaving = new Set<Instance>();
  #rollout: Record | undefined;
  #work: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #since: number | undefined;
  #unready = 0;
  /** Why nothing could be started. */
  #trouble: unknown;
  #stopped = false;
  #noted: readonly Healed[] = [];

  constructor(wanted: Wanted, options: ControlOptions) {
    this.name = wanted.process.name;
    this.#wanted = wanted;
    this.#options = options;
  }

  get wanted(): Wanted { return this.#wanted; }
  get current(): readonly Instance[] { return this.#current; }
  get rollout(): Record | undefined { return this.#rollout; }
  get since(): number | undefined { return this.#since; }
  get trouble(): unknown { return this.#trouble; }
  /** Drift of the last minute, whether it is healed or not. */
  get noted(): readonly Healed[] { return this.#noted.filter(({ at }) => Date.now() - Date.parse(at) < KEPT_MS); }
  get busy(): boolean { return this.#work !== undefined; }
  /** Starts after a crash, of the processes that answer now. */
  get restarts(): number { return this.#current.reduce((count, { supervised }) => count + supervised.status().restarts, 0); }
  /** Every process that may still run. */
  identities(): readonly Identity[] {
    return [...this.#current, ...this.#coming, ...this.#leaving].flatMap(({ supervised }) => supervised.status().identity ?? []);
  }

  /** Keeps for a minute that something was not as main says. */
  note(drift: Drift): void {
    this.#noted = [...this.noted, { ...drift, at: new Date().toISOString() }].slice(-MOST_NOTED);
  }

  /** Says what is wanted without doing anything about it: automatic sync is off. */
  want(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#options.changed();
  }

  /** Makes it so; a change that is under way is given up for this one. Resolves when it is, or when it is clear that it will not be. */
  async become(wanted: Wanted): Promise<void> {
    this.want(wanted);
    const before = this.#work;
    before?.abort.abort();
    const abort = new AbortController();
    const done = (before?.done ?? Promise.resolve()).then(() => (abort.signal.aborted || this.#stopped ? undefined : this.#change(wanted, abort.signal)));
    const work = { abort, done };
    this.#work = work;
    await done.finally(() => {
      if (this.#work === work) this.#work = undefined;
      this.#options.changed();
    });
  }

  async #change(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { process, commit } = wanted;
    const first = this.#current.length === 0;
    if (!first) this.#rollout = begun(process.release, commit);
    this.#options.changed();
    try {
      const spec = await this.#options.specOf(process, signal);
      this.#trouble = undefined;
      if (first) await this.#start(spec, process.replicas);
      else if (this.#current.every((one) => printOf(one.spec) === printOf(spec))) await this.#scale(spec, process.replicas, signal);
      else await this.#replace(spec, process.replicas, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (first) this.#trouble = error;
      else this.#fail([error instanceof Error ? error.message : String(error)]);
    }
  }

  async #start(spec: Spec, replicas: number): Promise<void> {
    this.#current = Array.from({ length: replicas }, () => this.#open(spec));
    await Promise.all(this.#current.map(({ supervised }) => supervised.start()));
    this.#since = Date.now();
  }

  /** More of the same, or fewer; the oldest stay. */
  async #scale(spec: Spec, replicas: number, signal: AbortSignal): Promise<void> {
    const { release, commit } = this.#rollout ?? begun(spec.release, this.#wanted.commit);
    const more = await this.#fresh(spec, replicas - this.#current.length, signal);
    if (!more) return;
    const [stay, go] = [this.#current.slice(0, replicas), this.#current.slice(replicas)];
    this.#current = [...stay, ...more];
    for (const one of go) this.#leave(one);
    this.#rollout = settled(release, commit);
  }

  async #replace(spec: Spec, replicas: number, signal: AbortSignal): Promise<void> {
    const fresh = await this.#fresh(spec, replicas, signal);
    if (!fresh) return;
    const old = this.#current;
    this.#current = fresh;
    this.#since = Date.now();
    this.#unready = 0;
    if (this.#rollout) this.#rollout = { ...this.#rollout, answersSince: Date.now() };
    for (const one of old) this.#leave(one);
    this.#options.tell(`${this.name} now answers with ${shortOf(spec.release)}`);
  }

  /** Started, ready and steady; undefined when they are not, and then none of them is left. */
  async #fresh(spec: Spec, count: number, signal: AbortSignal): Promise<readonly Instance[] | undefined> {
    const { readyMs, steadyMs } = this.#options.patience;
    const fresh = Array.from({ length: Math.max(0, count) }, () => this.#open(spec, { readyMs, crashes: 3 }));
    for (const one of fresh) this.#coming.add(one);
    const given = new Promise<'given up'>((resolve) => signal.addEventListener('abort', () => resolve('given up'), { once: true }));
    const started = await Promise.race([Promise.all(fresh.map(({ supervised }) => supervised.start())), given]);
    if (started !== 'given up' && fresh.length > 0) await Promise.race([wait(steadyMs), given]);
    await Promise.all(fresh.map(({ supervised }) => supervised.check()));
    const sick = fresh.map(({ supervised }) => supervised.status()).filter(({ health }) => health !== 'Healthy');
    const good = !signal.aborted && sick.length === 0;
    if (!good) await Promise.all(fresh.map((one) => this.#end(one)));
    // Whoever takes them over lists them among the current ones before anybody looks again.
    queueMicrotask(() => { for (const one of fresh) this.#coming.delete(one); });
    if (good) return fresh;
    if (!signal.aborted) this.#fail([...new Set(sick.map(({ why }) => why ?? 'it did not become ready'))]);
    return undefined;
  }

  /** The same release in a process of its own, in the place of one that is not as it was declared. */
  async renew(one: Instance): Promise<void> {
    if (this.busy || !this.#current.includes(one)) return;
    const abort = new AbortController();
    const done = this.#fresh(one.spec, 1, abort.signal).then((fresh) => {
      if (!fresh) return;
      this.#current = this.#current.map((other) => (other === one ? fresh[0] ?? other : other));
      this.#leave(one);
    });
    this.#work = { abort, done };
    await done.finally(() => { this.#work = undefined; });
  }

  /** Asks every process how it is, and judges the release that took over last. */
  async look(): Promise<void> {
    await Promise.allSettled(this.#current.map(({ supervised }) => supervised.check()));
    const statuses = this.#current.map(({ supervised }) => supervised.status());
    this.#unready = statuses.some(({ health }) => health !== 'Healthy') ? this.#unready + 1 : 0;
    if (this.#rollout === undefined || this.busy) return;
    const before = this.#rollout;
    const { availability } = this.#wanted.process;
    const figures = availability === undefined ? [] : await Promise.all(this.#current.map((one) => one.figures()));
    const burns = availability === undefined ? undefined : burning(sum(figures.filter((one) => one !== undefined)), availability);
    this.#judge(before, statuses, burns);
  }

  #judge(before: Record, statuses: readonly Status[], burns?: string): void {
    if (this.#rollout !== before) return;
    const said = statuses.find(({ why }) => why !== undefined)?.why;
    const ended = statuses.reduce((count, { restarts, health, identity }) => count + restarts + (health === 'Degraded' && identity === undefined ? 1 : 0), 0);
    this.#rollout = judged(before, { now: Date.now(), restarts: ended, unready: this.#unready, ...(said === undefined ? {} : { said }), ...(burns === undefined ? {} : { burns }) }, this.#options.patience);
    if (this.#rollout === before) return;
    if (this.#rollout.phase === 'Degraded') this.#options.tell(`${this.name} ${shortOf(before.release)}: ${this.#rollout.evidence.at(-1) ?? ''}`);
    this.#options.changed();
  }

  #fail(evidence: readonly string[]): void {
    this.#rollout = failed(this.#rollout ?? begun(this.#wanted.process.release, this.#wanted.commit), evidence);
    this.#options.tell(`${this.name} stays what it is: ${evidence.join('; ')}`);
    this.#options.changed();
  }

  #open(spec: Spec, patience: { readonly readyMs?: number; readonly crashes?: number } = {}): Instance {
    const one: Instance = openInstance(spec, {
      ...this.#options, ...patience,
      changed: (status) => {
        if (status.health === 'Degraded' && status.identity === undefined && !this.#stopped && this.#current.includes(one)) this.note(endedDrift(status.why));
        // Seen at once: a look would come seconds later.
        if (status.health === 'Degraded' && this.#rollout && !this.busy && this.#current.includes(one)) this.#judge(this.#rollout, this.#current.map(({ supervised }) => supervised.status()));
        if (!this.busy && this.#leaving.size === 0 && this.#current.length > 0 && this.#current.every(({ supervised }) => supervised.status().health === 'Degraded' && supervised.status().identity === undefined && / stays down/.test(supervised.status().why ?? ''))) this.#options.sockets.refuse();
        this.#options.changed();
      },
    });
    return one;
  }

  #leave(one: Instance): void {
    this.#leaving.add(one);
    void one.supervised.drain().finally(() => {
      this.#leaving.delete(one);
      one.close();
      this.#options.changed();
    });
  }

  async #end(one: Instance): Promise<void> {
    await one.supervised.stop();
    one.close();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#work?.abort.abort();
    await this.#work?.done.catch(() => {});
    await Promise.all([...this.#current, ...this.#coming, ...this.#leaving].map(async (one) => {
      const { identity } = one.supervised.status();
      if (identity && this.#leaving.has(one)) await endAll([identity]);
      await this.#end(one);
    }));
    this.#options.sockets.close();
  }
}

const KEPT_MS = 60_000;
const MOST_NOTED = 20;

export const endedDrift = (why = 'gone'): Drift => ({ field: 'process', desired: 'running', live: why.split('. Last words')[0] ?? 'gone' });

/** Two specs with one print are the same to run. */
export const printOf = ({ release, command, env, guard }: Spec): string => JSON.stringify([release, command, env, guard.allow]);
export const shortOf = (release: string): string => (/^[0-9a-f]{40}$/.test(release) ? release.slice(0, 10) : release);

/** What a running spec has otherwise than the wanted one, field by field. */
export function specDrift(wanted: Spec, live: Spec, secret: ReadonlySet<string>): Drift[] {
  const names = [...new Set([...Object.keys(wanted.env), ...Object.keys(live.env)])];
  return [
    ...(wanted.release === live.release ? [] : [{ field: 'release', desired: wanted.release, live: live.release }]),
    ...names.filter((name) => name !== 'REVISION' && wanted.env[name] !== live.env[name]).map((name) => ({
      field: `env.${name}`, desired: shown(name, wanted.env[name], secret), live: shown(name, live.env[name], secret),
    })),
  ];
}

const shown = (name: string, value: string | undefined, secret: ReadonlySet<string>): string => (value === undefined ? 'absent' : secret.has(name) ? '[secret]' : value);
