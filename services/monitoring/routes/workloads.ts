import type { Answer } from '../../kit/kit.ts';
import { Problem } from '../../kit/problem.ts';
import type { Watch } from '../adapters/watch.ts';
import { seenOf, type Seen } from '../domain/health.ts';

/** Monitoring as one of the workloads: it does not call itself, it looks at what it needs. */
export interface Self {
  readonly name: string;
  readonly ready: () => Promise<void>;
}

export function workloads(watch: Pick<Watch, 'seen'>, self: Self) {
  return async (): Promise<Answer> => ({ status: 200, body: { workloads: [...watch.seen(), await seenOfSelf(self)] } });
}

export async function seenOfSelf({ name, ready }: Self): Promise<Seen> {
  const began = performance.now();
  const look = await ready().then(
    () => ({ kind: 'ready' }) as const,
    (error: unknown) => ({ kind: 'notReady', detail: error instanceof Problem ? error.detail : 'It is not ready.' }) as const,
  );
  return seenOf(name, look, Date.now(), Math.round((performance.now() - began) * 10) / 10);
}
