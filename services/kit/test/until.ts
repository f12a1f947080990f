/** Waits until `check` answers something true, for what can only be observed from outside. @throws after `ms` */
export async function until<T>(about: string, check: () => Promise<T> | T, ms = 10_000): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await check();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Not within ${ms} ms: ${about}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}
