/** Texts that would end a literal, a comment or a line, or mean something to somebody. */
export const nasty: readonly string[] = [
  '', "'", "''", '\\', "\\'", "\\\\'", '"', '`', '${process.exit(1)}', '${', '*/', '/*', '//', '\n', '\r\n', '\t', '\u0000', '\u001b[31m', '\u007f', '\u0085',
  '\u2028', '\u2029', '\u202e', '\ufeff', '\ud800', '\udc00', '\ud83d\ude00', '</script>', '<!--', '__proto__', 'constructor', '\\u0027', '\\x27', '%27', '!!js/function', '{{ x }}', "'); import('node:fs');//",
  "' + process.env.HOME + '", 'a\u0300', '１', 'undefined', 'null', '${file("/etc/passwd")}',
];

/** As many texts as wanted, of the pieces above and of any code unit; the same for the same seed (mulberry32). */
export function* texts(seed: number, count: number): Generator<string> {
  const next = randomOf(seed);
  for (let made = 0; made < count; made += 1) {
    const parts = Array.from({ length: 1 + Math.floor(next() * 6) }, () => (next() < 0.5 ? nasty[Math.floor(next() * nasty.length)] ?? '' : String.fromCharCode(Math.floor(next() * 65_536))));
    yield parts.join('');
  }
}

export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
