import type { Folder } from '../runner/folder.ts';
import type { GuardPolicy } from '../runner/guard-policy.ts';
import { lastWords } from '../runner/last-words.ts';
import { launchProcess } from '../runner/launch.ts';
import { probe } from '../runner/probe.ts';
import { supervise, type Status, type Supervised } from '../runner/supervise.ts';
import { figuresIn, type Figures } from './figures.ts';
import { bindSocket } from './socket.ts';
import type { Sockets } from './sockets.ts';

/** All that decides what one process of a workload is. */
export interface Spec {
  readonly name: string;
  readonly release: string;
  /** Where it runs: the checkout, or a work tree. */
  readonly root: string;
  readonly command: readonly string[];
  readonly ready: string;
  readonly metrics?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly guard: GuardPolicy;
}
/** One process of a workload. It shares the workload's sockets and has one of its own, on which its health is asked. */
export interface Instance {
  readonly spec: Spec;
  readonly supervised: Supervised;
  /** What it has answered since its process started; undefined where it has no figures or does not answer. */
  figures(): Promise<Figures | undefined>;
  close(): void;
}
export interface InstanceOptions {
  readonly folder: Folder;
  readonly sockets: Sockets;
  readonly changed: (status: Status) => void;
  /** How long it may take to become ready. */
  readonly readyMs?: number;
  readonly crashes?: number;
}

export function openInstance(spec: Spec, { folder, sockets, changed, readyMs, crashes }: InstanceOptions): Instance {
  const own = bindSocket(0);
  const at = `http://127.0.0.1:${own.port}`;
  const supervised = supervise({
    // Asked at each start: the shared ones may have been opened anew.
    spawn: () => launchProcess({
      folder, name: spec.name, root: spec.root, command: spec.command, env: spec.env, guard: spec.guard,
      sockets: [...sockets.all.map(({ fd }, place) => ({ name: sockets.names[place] ?? '', fd })), { name: 'probe', fd: own.fd }],
    }),
    probe: () => probe(at + spec.ready),
    lastWords: () => lastWords(folder.log(spec.name)),
    changed,
    ...(readyMs === undefined ? {} : { readyMs }), ...(crashes === undefined ? {} : { crashes }),
  });
  return {
    spec, supervised,
    async figures() {
      if (spec.metrics === undefined) return undefined;
      const answer = await fetch(at + spec.metrics, { signal: AbortSignal.timeout(1500) }).catch(() => undefined);
      // Read in any case: what is left of a body whose sender dies may end this program (nodejs/undici#5360).
      const text = await answer?.text().catch(() => undefined);
      return answer?.ok && text !== undefined ? figuresIn(text) : undefined;
    },
    close: () => own.close(),
  };
}
