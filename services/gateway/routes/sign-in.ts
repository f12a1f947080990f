import type { Call } from '../../kit/client.ts';
import type { Endpoint } from '../../kit/contract.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Sessions } from '../adapters/sessions.ts';
import type { gateway } from '../contract.ts';
import { elsewhere } from '../domain/cross-site.ts';

/** POST /v1/sessions: auth judges name and password (or the link); the token it gives stays here, the browser gets a cookie. */
export function signIn(sessions: Sessions, call: Call, auth: Endpoint): Handlers<typeof gateway>['signIn'] {
  return async ({ body, header, signal }) => {
    // Otherwise another site could sign somebody in as somebody else ("login CSRF").
    const why = elsewhere({
      method: 'POST', requestedWith: undefined, fetchSite: header('sec-fetch-site'), origin: header('origin'),
      hosts: [header('host'), header('x-forwarded-host')].filter((host) => host !== undefined),
    });
    if (why !== null) throw problem('forbidden', `Refused, because ${why}.`, { fix: 'Sign in on the dashboard.' });
    const address = header('x-forwarded-for') ?? '';
    const answer = await call(auth, { method: 'POST', path: '/v1/tokens', body, headers: { 'x-forwarded-for': address }, timeoutMs: 5000, signal });
    const granted = grantOf(answer.body);
    if (granted === null) throw problem('upstream_unavailable', 'auth answered without a token.', { at: auth.service });
    const cookie = await sessions.open(granted.token, granted.expiresIn);
    return { status: 201, body: { name: granted.name, roles: granted.roles }, headers: { 'set-cookie': cookie, 'cache-control': 'no-store' } };
  };
}

function grantOf(body: unknown): { readonly token: string; readonly expiresIn: number; readonly name: string; readonly roles: readonly unknown[] } | null {
  if (typeof body !== 'object' || body === null || !('token' in body) || !('expiresIn' in body) || !('name' in body) || !('roles' in body)) return null;
  const { token, expiresIn, name, roles } = body;
  return typeof token === 'string' && typeof expiresIn === 'number' && typeof name === 'string' && Array.isArray(roles) ? { token, expiresIn, name, roles } : null;
}
