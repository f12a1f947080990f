import type { Operation } from '../../api/openapi.ts';
import type { Sent } from './sent.ts';
import type { Values } from './draft.ts';

/** The route that a request went to, with what the form needs to send it again. */
export function matchOf(operations: readonly Operation[], { method, path, query, body }: Sent): { readonly operation: Operation; readonly values: Values } | undefined {
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const found = new RegExp(`^${operation.path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (!found) continue;
    const entries = (place: string, record: Readonly<Record<string, string>>) => Object.entries(record).map(([name, value]) => [`${place}.${name}`, value] as const);
    const params = Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
    return { operation, values: { ...Object.fromEntries([...entries('path', params), ...entries('query', query)]), ...(body !== undefined && { body }) } };
  }
  return undefined;
}
