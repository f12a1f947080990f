import type { Answer } from '../../kit/kit.ts';
import type { Watch } from '../adapters/watch.ts';

export function workloads(watch: Pick<Watch, 'seen'>) {
  return (): Promise<Answer> => Promise.resolve({ status: 200, body: { workloads: watch.seen() } });
}
