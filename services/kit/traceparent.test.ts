import { expect, test } from '@jest/globals';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

test('a well-formed traceparent is read and written back', () => {
  const at = parseTraceparent(`00-${trace}-${span}-01`);
  expect(at).toEqual({ traceId: trace, spanId: span, traceFlags: 1, isRemote: true });
  expect(at && formatTraceparent(at)).toBe(`00-${trace}-${span}-01`);
  expect(parseTraceparent(`cc-${trace}-${span}-00-what-the-future-brings`)).toMatchObject({ traceFlags: 0 });
});

test.each([
  '', 'x', `00-${trace}-${span}`, `00-${trace}-${span}-01-more`, `ff-${trace}-${span}-01`, `00-${'0'.repeat(32)}-${span}-01`, `00-${trace}-${'0'.repeat(16)}-01`,
  `00-${trace.toUpperCase()}-${span}-01`, `00-${trace}-${span}-1`, `00-${trace}-${span}-0g`, ` 00-${trace}-${span}-01`, `00_${trace}_${span}_01`, `cc-${trace}-${span}-00-${'x'.repeat(300)}`,
])('%j starts a new trace', (text) => {
  expect(parseTraceparent(text)).toBeUndefined();
});
