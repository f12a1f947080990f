/** Runs what has the same name one after the other, within this process. */
export function openTurns(): <T>(name: string, fn: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, fn) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(fn);
    const settled = turn.then(() => {}, () => {});
    last.set(name, settled);
    void settled.then(() => { if (last.get(name) === settled) last.delete(name); });
    return turn;
  };
}
