import type { Connection, Secret } from '../../kit/contract.ts';
import { secretOf } from '../../kit/secret.ts';

/** What `https://<token>@github.com/<owner>/<repository>` says. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
  readonly token: Secret;
  /** Of the REST API, without a slash at the end. */
  readonly api: string;
  /** Of git's smart protocol, without credentials. */
  readonly git: string;
  readonly over: 'https' | 'http';
}

/** @throws {Error} that says what the URL should look like, without showing it */
export function repositoryOf({ url, reference }: Connection<'repository'>): Repository {
  const { protocol, origin, host, username, password, pathname, search, hash } = new URL(url.reveal());
  const [, owner, repo] = /^\/([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}?)(?:\.git)?\/?$/.exec(pathname) ?? [];
  // `x-access-token:<token>` is how git likes it, `<token>` alone how people write it.
  const token = decodeURIComponent(password || username);
  if (owner === undefined || repo === undefined || /^\.+$/.test(repo) || search !== '' || hash !== '') throw new Error(`${reference} names no repository. Use https://<token>@github.com/<owner>/<repository>.`);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error(`${reference} holds no token. Use https://<token>@github.com/<owner>/<repository>.`);
  return { owner, repo, token: secretOf(token), api: apiOf(origin, host), git: `${origin}/${owner}/${repo}.git`, over: protocol === 'https:' ? 'https' : 'http' };
}

/** github.com, GitHub with data residency (`<name>.ghe.com`), or GitHub Enterprise Server. */
function apiOf(origin: string, host: string): string {
  if (host === 'github.com') return 'https://api.github.com';
  return host.endsWith('.ghe.com') ? `https://api.${host}` : `${origin}/api/v3`;
}
