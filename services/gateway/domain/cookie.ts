import { createHmac, timingSafeEqual } from 'node:crypto';

/** Cookies ignore ports: two installations on one host are told apart by name. @throws Error for a name no cookie can have */
export function cookieName(installation: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(installation)) throw new Error('INSTALLATION becomes part of a cookie name: 1 to 64 letters, digits, "-" or "_".');
  return `journey-session-${installation}`;
}

/** A session's id as it stands in the cookie: `<id>.<HMAC-SHA-256 under COOKIE_KEY>`, so that a made-up id costs no look-up. */
export function sealed(id: string, key: string): string {
  return `${id}.${mac(id, key).toString('base64url')}`;
}

/** The id in a cookie's value; `null` when it was not sealed with this key. */
export function unsealed(value: string, key: string): string | null {
  const [, id, seal] = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(value) ?? [];
  if (id === undefined || seal === undefined) return null;
  return timingSafeEqual(Buffer.from(seal, 'base64url'), mac(id, key)) ? id : null;
}

/** The value of one cookie in a `Cookie` header (RFC 6265 §5.4), or `null`. When the name comes twice neither is believed. */
export function cookieIn(header: string | undefined, name: string): string | null {
  const values = (header ?? '').split(';').map((pair) => pair.trim()).filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] ?? null : null;
}

/** The `Set-Cookie` that a browser keeps for as long as the session lives; 0 seconds remove it. */
export function setCookie(name: string, value: string, o: { readonly seconds: number; readonly secure: boolean }): string {
  return [`${name}=${value}`, 'HttpOnly', 'SameSite=Strict', 'Path=/', `Max-Age=${String(o.seconds)}`, ...(o.secure ? ['Secure'] : [])].join('; ');
}

function mac(id: string, key: string): Buffer {
  return createHmac('sha256', key).update(id).digest();
}
