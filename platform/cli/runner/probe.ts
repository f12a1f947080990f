/** Asks a health path once. @throws with the reason, as the answer gives it */
export async function probe(url: string, timeoutMs = 1500): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(cause instanceof Error ? cause.message || cause.name : String(cause), { cause: error });
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`${new URL(url).pathname} answers ${response.status} ${text.slice(0, 300)}`);
}
