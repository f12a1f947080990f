/**
 * Remembers what was worked out for a key that always means the same (a commit): the newest `most` of them, each asked for
 * once even when many want it at the same moment. What failed is forgotten.
 */
export function keep<T>(most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const before = kept.get(key);
    const value = before ?? make();
    // Put last: what is used stays.
    kept.delete(key);
    kept.set(key, value);
    if (before === undefined) value.catch(() => { if (kept.get(key) === value) kept.delete(key); });
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return value;
  };
}
