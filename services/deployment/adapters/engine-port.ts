import type { LiveEnvironment } from '../domain/live.ts';

/** What makes an environment be what main says: the local reconciler, or Argo CD. Every adapter passes `engine.suite.ts`. */
export interface Engine {
  /** `local reconciler` or `Argo CD`: pages say which. */
  readonly name: string;
  /** The environments it watches. */
  environments(): Promise<readonly string[]>;
  /** @returns null for an environment that it does not watch. @throws Problem `upstream_unavailable`, `upstream_timeout`, `forbidden` */
  read(environment: string): Promise<LiveEnvironment | null>;
  /** Makes it what main says, also while automatic sync is off or its window is closed. @param only these workloads (and `shared`), where the engine can tell them apart */
  sync(environment: string, only?: readonly string[]): Promise<LiveEnvironment>;
  setAutomatic(environment: string, automatic: boolean): Promise<LiveEnvironment>;
  /** Whatever a release needs before it can start (a work tree, a build); done ahead, so that a merge is quick. Resolves when it is ready. */
  prepare(environment: string, workload: string, release: string): Promise<void>;
  /** The state now, then at each change, until the signal aborts. Reconnects by itself. */
  watch(environment: string, signal: AbortSignal): AsyncIterable<LiveEnvironment>;
  stop(): Promise<void>;
}
