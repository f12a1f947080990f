/** Waits until a condition holds from outside, where nothing tells. @returns what was seen and after how many seconds; undefined when it never was */
export async function until<T>(seconds: number, look: () => Promise<T | undefined>): Promise<{ readonly seen: T; readonly after: number } | undefined> {
  const started = performance.now();
  for (;;) {
    const seen = await look().catch(() => undefined);
    const after = (performance.now() - started) / 1000;
    if (seen !== undefined) return { seen, after };
    if (after > seconds) return undefined;
    await new Promise<void>((resolve) => { setTimeout(resolve, 150); });
  }
}
