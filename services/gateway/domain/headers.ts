/** RFC 9110 §7.6.1, and what older software treats the same. */
const hopByHop = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade',
]);
/**
 * What goes on to a service. Everything else stays here: cookies, identity headers (`x-forwarded-user` …), and whatever
 * an upstream might one day believe. `authorization`, `x-forwarded-for` and `traceparent` are set by the gateway itself.
 */
const onward = ['accept', 'accept-language', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'last-event-id', 'user-agent'] as const;
/** Not for the outside: the kit's server sets its own, and only the gateway sets cookies. */
const kept = new Set(['set-cookie', 'server', 'x-powered-by', 'date']);

export type Incoming = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The request's headers that an upstream may see. */
export function requestHeaders(incoming: Incoming): Record<string, string> {
  const named = new Set(connectionOptions(incoming));
  return Object.fromEntries(onward.flatMap((name) => {
    const value = incoming[name];
    return typeof value === 'string' && !named.has(name) ? [[name, value]] : [];
  }));
}

/** The upstream's headers that the outside may see. */
export function responseHeaders(incoming: Incoming): Record<string, string | string[]> {
  const named = new Set(connectionOptions(incoming));
  return Object.fromEntries(Object.entries(incoming).flatMap(([name, value]) =>
    value === undefined || hopByHop.has(name) || kept.has(name) || named.has(name) ? [] : [[name, typeof value === 'string' ? value : [...value]]]));
}

/** Headers that `Connection` declares to be for this hop only. */
function connectionOptions(incoming: Incoming): readonly string[] {
  return String(incoming['connection'] ?? '').toLowerCase().split(',').map((name) => name.trim());
}
