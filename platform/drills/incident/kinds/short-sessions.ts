import type { Kind, Seen } from '../incident.ts';
import type { Place } from '../place.ts';

export const shortSessions: Kind = {
  name: 'short-sessions',
  about: 'tokens live for seconds instead of an hour',
  make(random) {
    const seconds = 20 + Math.floor(random() * 20);
    return {
      kind: 'short-sessions', workload: 'auth', released: true, title: 'auth: tokens that are not worth stealing', why: 'The shorter a token lives, the less it helps a thief.',
      edits: [{ path: 'services/auth/domain/claims.ts', from: 'export const tokenSeconds = 3600;', to: `export const tokenSeconds = ${seconds};` }],
      symptom: 'People are signed out while they type.',
      hop: 'gateway → auth, when somebody signs in', probe: lifetime,
    };
  },
};

/** As the token itself says (RFC 7519 §4.1.4), and not what stands beside it. */
async function lifetime(place: Place): Promise<Seen> {
  const { status, body } = await place.signIn('tokens');
  const [, claims = ''] = String(Reflect.get(Object(body), 'token')).split('.');
  const said: unknown = status === 201 && claims !== '' ? JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) : {};
  const seconds = Number(Reflect.get(Object(said), 'exp')) - Number(Reflect.get(Object(said), 'iat'));
  return { well: seconds >= 600, seen: `a sign-in is answered with ${status}, and lasts ${seconds} s` };
}
