/** Numbers that look random and are the same for the same seed (mulberry32, public domain). */
export interface Random {
  /** From 0 up to, and without, `below`. */
  number(below: number): number;
  pick<T>(list: readonly T[]): T;
  hex(digits: number): string;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const random: Random = {
    number: (below) => Math.floor(next() * below),
    pick: (list) => list[random.number(list.length)]!,
    hex: (digits) => Array.from({ length: digits }, () => random.number(16).toString(16)).join(''),
  };
  return random;
}
