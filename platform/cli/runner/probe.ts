/** Asks a health path once. @throws with the reason, as the answer gives it */
export async function probe(url: string, timeoutMs = 1500): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' });
  } catch (error) {
    throw new Error(messageOf(typeof error === 'object' && error !== null && 'cause' in error && error.cause ? error.cause : error), { cause: error });
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`${new URL(url).pathname} answers ${response.status} ${text.slice(0, 300)}`);
}

/** By shape: the errors of fetch may come from another realm. */
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error && error.message !== '' ? String(error.message) : String(error);
}
