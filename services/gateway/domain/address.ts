/**
 * The client's address. Behind a proxy that ends TLS it is the last one that proxy wrote into `X-Forwarded-For`;
 * what stands before that was written by the client and means nothing.
 */
export function clientAddress(socket: string | undefined, forwardedFor: string | undefined, behindProxy: boolean): string {
  const told = behindProxy ? forwardedFor?.split(',').at(-1)?.trim() : undefined;
  const address = told !== undefined && /^[0-9a-fA-F:.]{2,45}$/.test(told) ? told : socket ?? 'unknown';
  // IPv4 in an IPv6 socket is the same client.
  return address.replace(/^::ffff:/i, '');
}
