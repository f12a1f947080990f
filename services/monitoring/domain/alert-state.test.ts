import { expect, test } from '@jest/globals';
import { calm, step, type AlertState, type Timing } from './alert-state.ts';

/** `1`: a breach, `0`: none; one look a second. What changes is told as `second:change`. */
function play(looks: string, timing: Timing): readonly string[] {
  let state: AlertState = calm;
  return [...looks].flatMap((look, second) => {
    const next = step(state, look === '1', second * 1000, timing);
    state = next.state;
    return next.change === undefined ? [] : [`${second}:${next.change}`];
  });
}

test.each<[string, string, number, number, readonly string[]]>([
  ['at once without `for`', '0110', 0, 0, ['1:firing', '3:resolved']],
  ['pending until `for` is over', '01111', 3, 0, ['1:pending', '4:firing']],
  ['a breach that ends before it never fires', '0110011110', 3, 0, ['1:pending', '3:calm', '5:pending', '8:firing', '9:resolved']],
  ['one good look begins `for` anew', '1101111', 3, 0, ['0:pending', '2:calm', '3:pending', '6:firing']],
  ['`keep_firing_for` bridges a gap', '1001000', 0, 3, ['0:firing', '6:resolved']],
  ['and is counted from the newest breach', '100010000', 0, 3, ['0:firing', '3:resolved', '4:firing', '7:resolved']],
  ['it fires again after it was resolved', '1010', 0, 0, ['0:firing', '1:resolved', '2:firing', '3:resolved']],
  ['nothing at all', '0000', 0, 0, []],
])('%s', (_, looks, forSeconds, keepFiringSeconds, expected) => {
  expect(play(looks, { forSeconds, keepFiringSeconds })).toEqual(expected);
});

test('when it began, fired, was last a breach and was over; a new episode has a start of its own', () => {
  const timing = { forSeconds: 2, keepFiringSeconds: 0 };
  const states: AlertState[] = [];
  for (const [second, look] of [...'1110111'].entries()) states.push(step(states.at(-1) ?? calm, look === '1', second * 1000, timing).state);
  expect(states[2]).toEqual({ phase: 'firing', activeAt: 0, firedAt: 2000, breachedAt: 2000, resolvedAt: null });
  expect(states[3]).toEqual({ phase: 'inactive', activeAt: 0, firedAt: 2000, breachedAt: 2000, resolvedAt: 3000 });
  expect(states[6]).toEqual({ phase: 'firing', activeAt: 4000, firedAt: 6000, breachedAt: 6000, resolvedAt: null });
});

test('a clock that goes back makes nothing fire or end sooner', () => {
  const pending = step(calm, true, 10_000, { forSeconds: 5, keepFiringSeconds: 0 }).state;
  expect(step(pending, true, 2000, { forSeconds: 5, keepFiringSeconds: 0 }).state.phase).toBe('pending');
  const firing = step(calm, true, 10_000, { forSeconds: 0, keepFiringSeconds: 5 }).state;
  expect(step(firing, false, 2000, { forSeconds: 0, keepFiringSeconds: 5 }).state.phase).toBe('firing');
});

test('for every sequence of eight looks: firing is reached only through `for`, and left only through `keep_firing_for`', () => {
  for (let bits = 0; bits < 256; bits += 1) {
    const looks = bits.toString(2).padStart(8, '0');
    let state: AlertState = calm;
    for (const [second, look] of [...looks].entries()) {
      const before = state.phase;
      state = step(state, look === '1', second * 1000, { forSeconds: 2, keepFiringSeconds: 2 }).state;
      if (before !== 'firing' && state.phase === 'firing') expect(looks.slice(second - 2, second + 1)).toBe('111');
      if (before === 'firing' && state.phase === 'inactive') expect(looks.slice(second - 1, second + 1)).toBe('00');
    }
  }
});
