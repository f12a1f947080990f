/** The form of a one-time link's secret, as auth's contract says. */
const shape = /^[A-Za-z0-9_-]{43}$/;

/**
 * The link's secret from the fragment (never sent to a server) or the query, and the address without it.
 * `link` is undefined when something stands there that cannot be one; the whole is undefined when nothing does.
 */
export function linkIn(url: URL): { readonly link: string | undefined; readonly rest: string } | undefined {
  const text = new URLSearchParams(url.hash.slice(1)).get('link') ?? url.searchParams.get('link');
  if (text === null) return undefined;
  const rest = new URL(url);
  rest.hash = '';
  rest.searchParams.delete('link');
  return { link: shape.test(text) ? text : undefined, rest: rest.pathname + rest.search };
}
