import type { Answer, Person } from './person.ts';

export interface Load {
  readonly asked: number;
  /** From the first request to the last. */
  readonly seconds: number;
  /** Everything that was not a good answer, in words. */
  readonly failures: readonly string[];
}
export interface RunningLoad { stop(): Promise<Load> }

/** Asks at a fixed rate, open loop, until it is stopped, at most for `mostSeconds`. */
export function startLoad(person: Person, path: string, perSecond: number, mostSeconds = 120): RunningLoad {
  const failures: string[] = [];
  let refused = 0;
  const open = new Set<Promise<void>>();
  const ended = new AbortController();
  let [asked, began] = [0, performance.now()];
  const one = async () => {
    const answer: Answer | string = await person.ask('GET', path).catch((error: unknown) => (error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error)));
    if (typeof answer === 'string') failures.push(answer);
    else if (answer.status >= 400) failures.push(`${answer.status} ${String(answer.body['code'] ?? '')} ${String(answer.body['detail'] ?? '')}`);
  };
  const running = (async () => {
    // Signed in before the clock runs.
    await person.ask('GET', path);
    refused = person.refused ?? 0;
    began = performance.now();
    for (; asked < perSecond * mostSeconds && !ended.signal.aborted; asked += 1) {
      const wait = began + (asked * 1000) / perSecond - performance.now();
      if (wait > 0) await new Promise<void>((resolve) => { setTimeout(resolve, wait); });
      const asking = one();
      open.add(asking);
      void asking.finally(() => open.delete(asking));
    }
  })();
  return {
    async stop() {
      ended.abort();
      await running;
      const seconds = (performance.now() - began) / 1000;
      await Promise.all(open);
      // Signed in again and asked again, such a request went well in the end; whoever sent it saw a failure.
      const again = (person.refused ?? 0) - refused;
      if (again > 0) failures.push(`${again} answered 401 to a good token`);
      return { asked, seconds, failures };
    },
  };
}
