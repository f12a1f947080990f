import type { Handlers } from '../../kit/kit.ts';
import type { SigningKey } from '../adapters/signing-key.ts';
import type { auth } from '../contract.ts';

/** GET /.well-known/jwks.json: the key set of RFC 7517. Kept for five minutes, so that a new key is seen soon. */
export function keys(key: SigningKey): Handlers<typeof auth>['keys'] {
  const body = { keys: [key.jwk] };
  return async () => ({ status: 200, body, headers: { 'cache-control': 'public, max-age=300' } });
}
