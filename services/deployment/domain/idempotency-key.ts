/**
 * The value of an `Idempotency-Key` header: 1 to 200 visible ASCII characters, with or without the quotes that
 * draft-ietf-httpapi-idempotency-key-header asks for. `null` when it is anything else.
 */
export function idempotencyKey(header: string): string | null {
  const bare = /^"([^"]*)"$/.exec(header)?.[1] ?? header;
  return /^[\x21-\x7e]{1,200}$/.test(bare) ? bare : null;
}
