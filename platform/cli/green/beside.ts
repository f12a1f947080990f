import type { Step } from './step.ts';

const AT_ONCE = 2;

/** Steps that follow each other and may be beside each other, as one group; every other step alone. */
export function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.at(-1)?.beside === true && step.beside === true) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Two at once, begun in their order. @returns each with what it comes to, in the order of the list */
export function besideEachOther<T, R>(all: readonly T[], run: (one: T) => Promise<R>): readonly { readonly one: T; readonly comesTo: Promise<R> }[] {
  const made = all.map((one) => ({ one, ...Promise.withResolvers<R>() }));
  const left = [...made];
  const lane = async () => { for (let next = left.shift(); next !== undefined; next = left.shift()) await run(next.one).then(next.resolve, next.reject); };
  for (let lanes = 0; lanes < AT_ONCE; lanes += 1) void lane();
  // Who waits for the first that breaks off does not come to the others.
  for (const { promise } of made) promise.catch(() => {});
  return made.map(({ one, promise }) => ({ one, comesTo: promise }));
}
