import type { Sent } from './sent.ts';

/** Method and path of a journey's first hop. */
export function rootOf(hops: readonly { readonly parentId: string | null; readonly kind: string; readonly attributes: Readonly<Record<string, unknown>> }[]): Sent | undefined {
  const root = hops.find(({ parentId, kind }) => parentId === null && kind === 'server');
  const [method, path] = [root?.attributes['http.request.method'], root?.attributes['url.path']];
  return typeof method === 'string' && typeof path === 'string' ? { method, path, query: {}, body: undefined, whole: false } : undefined;
}
