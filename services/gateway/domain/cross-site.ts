/** The headers by which a browser says who made it send this. */
export interface Asked {
  readonly method: string;
  readonly requestedWith: string | undefined;
  readonly fetchSite: string | undefined;
  readonly origin: string | undefined;
  /** `Host`, or `X-Forwarded-Host` of the dashboard that stands between. */
  readonly hosts: readonly string[];
}

const reading = new Set(['GET', 'HEAD']);

/**
 * Why a request that a cookie speaks for is not believed (cross-site request forgery), or `null`. Besides SameSite=Strict:
 * a header that no form can set and that no other site's script may set without being asked (CORS preflight), and what
 * the browser itself says about the origin (Fetch Metadata; `Origin` where that is missing).
 */
export function forged(asked: Asked): string | null {
  if (reading.has(asked.method)) return null;
  if (asked.requestedWith !== 'journey') return 'a request with a session cookie must carry the header x-requested-with: journey';
  return elsewhere(asked);
}

/** Why the browser says that another site made this request, or `null`. */
export function elsewhere(asked: Asked): string | null {
  if (asked.fetchSite !== undefined) {
    return asked.fetchSite === 'same-origin' || asked.fetchSite === 'none' ? null : `the browser says that another site asked for it (sec-fetch-site: ${asked.fetchSite.slice(0, 20)})`;
  }
  if (asked.origin === undefined) return null;
  const host = URL.canParse(asked.origin) ? new URL(asked.origin).host : null;
  return host !== null && asked.hosts.includes(host) ? null : 'its Origin is another site';
}
