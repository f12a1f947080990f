import { createHash, randomBytes } from 'node:crypto';
import type { Cache } from '../../kit/adapters/cache.ts';
import { cookieIn, cookieName, sealed, setCookie, unsealed } from '../domain/cookie.ts';

export interface Sessions {
  /** Keeps a token for as long as it is valid. Answers the `Set-Cookie` that stands for it. */
  open(token: string, seconds: number): Promise<string>;
  /** The session that a `Cookie` header names, if its seal is ours. */
  idIn(cookie: string | undefined): string | null;
  /** `null` when the session has ended. */
  tokenOf(id: string): Promise<string | null>;
  /** Ends a session. Answers the `Set-Cookie` that removes it from the browser. */
  end(id: string | null): Promise<string>;
}
export interface SessionOptions {
  readonly installation: string;
  /** COOKIE_KEY */
  readonly key: string;
  /** Sent over TLS only. */
  readonly secure: boolean;
}

/** Sessions live in the cache, so any replica knows them. @throws Error for an installation that cannot name a cookie */
export function openSessions(cache: Cache, { installation, key, secure }: SessionOptions): Sessions {
  const name = cookieName(installation);
  return {
    async open(token, seconds) {
      const id = randomBytes(32).toString('base64url');
      await cache.set(keyOf(id), token, { ttlSeconds: seconds });
      return setCookie(name, sealed(id, key), { seconds, secure });
    },
    idIn(cookie) {
      const value = cookieIn(cookie, name);
      return value === null ? null : unsealed(value, key);
    },
    async tokenOf(id) {
      const token = await cache.get<unknown>(keyOf(id));
      return typeof token === 'string' ? token : null;
    },
    async end(id) {
      if (id !== null) await cache.delete(keyOf(id));
      return setCookie(name, '', { seconds: 0, secure });
    },
  };
}

/** The hash, so that nobody who sees the cache's keys (a span, a log) can take over a session. */
function keyOf(id: string): string {
  return `session:${createHash('sha256').update(id).digest('hex')}`;
}
