import { expect, test } from '@jest/globals';
import { contentSecurityPolicy } from './content-security-policy.ts';

test('scripts by nonce only, everything else from the own origin, nothing inline', () => {
  const policy = contentSecurityPolicy('abc');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic'");
  expect(policy).not.toMatch(/unsafe-|https?:|\*/);
});
