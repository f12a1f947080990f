/** A few recent values in this process, the oldest of which make room; each lives for a moment only. */
export interface Front<V> {
  get(key: string): V | undefined;
  /** Call before reading the value from afar; the answer keeps it, unless the key was dropped meanwhile. */
  read(key: string): (value: V) => void;
  delete(key: string): void;
  clear(): void;
}

export function openFront<V>(limit: number, liveMs: number, now: () => number = () => performance.now()): Front<V> {
  const entries = new Map<string, { readonly value: V; readonly until: number }>();
  /** Rises with every drop; a value that was read before one may be the old one. */
  let drops = 0;
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry && entry.until > now()) return entry.value;
      entries.delete(key);
      return undefined;
    },
    read(key) {
      const [before, until] = [drops, now() + liveMs];
      return (value) => {
        if (before !== drops) return;
        entries.delete(key);
        entries.set(key, { value, until });
        const oldest = entries.keys().next();
        if (entries.size > limit && !oldest.done) entries.delete(oldest.value);
      };
    },
    delete(key) {
      drops++;
      entries.delete(key);
    },
    clear() {
      drops++;
      entries.clear();
    },
  };
}
