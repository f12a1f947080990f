import type { Handler } from '../../kit/adapters/queue.ts';
import { traceparent } from '../../kit/telemetry.ts';
import { begin } from '../adapters/work.ts';
import type { Ways } from '../ways.ts';

/** The event of a request comes back through the queue, and with it the request begins; however often it comes, it begins once. */
export function beginRequest({ database, kit, committed }: Ways): Handler {
  return async ({ data }) => {
    const id: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'id') : undefined;
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) throw new Error('The event names no request.');
    if (await begin(database, id, traceparent())) kit.log.info('deployment request begins', { id });
    committed();
  };
}
