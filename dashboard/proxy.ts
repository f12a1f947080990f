import { NextResponse, type NextRequest } from 'next/server';
import { contentSecurityPolicy } from './api/content-security-policy.ts';

/** Gives every page a nonce of its own: Next reads it from the policy and puts it on each script it writes. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = { matcher: '/((?!api/|_next/|livez|readyz|icon.svg).*)' };
