/** Names are e-mail addresses; one person per address whatever its capitals, so that nobody is somebody else's double. */
export function nameOf(typed: string): string {
  return typed.trim().toLowerCase();
}

/**
 * How a name that failed to sign in is recorded. People type passwords into the wrong box: what does not look like
 * an address is not kept.
 */
export function recordedName(typed: string): string {
  return /^[^\s@]{1,64}@[^\s@]{1,135}$/.test(typed) ? nameOf(typed) : '(not an address)';
}
