/** What a person shows to get a token: a name and password, or a one-time link. */
export type Credentials =
  | { readonly name: string; readonly password: string }
  | { readonly link: string };

/** Narrows a body that the route's schema has already checked; `null` never comes for one that has passed it. */
export function credentialsOf(body: unknown): Credentials | null {
  if (typeof body !== 'object' || body === null) return null;
  if ('link' in body && typeof body.link === 'string') return { link: body.link };
  if ('name' in body && typeof body.name === 'string' && 'password' in body && typeof body.password === 'string') {
    return { name: body.name, password: body.password };
  }
  return null;
}
