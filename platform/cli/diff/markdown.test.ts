import { expect, test } from '@jest/globals';
import { code, fenced, htmlCode, sentence } from './markdown.ts';

test.each([
  ['plain', '`plain`'], ['', '`""`'], ['a`b', '``a`b``'], ['`', '`` ` ``'], ['``` x', '```` ``` x ````'], ['a\nb', '`a\\u000ab`'], ['a\tb', '`a\\tb`'], ['\u001b[31mred', '`\\u001b[31mred`'],
  ['\u202ereversed', '`\\u202ereversed`'], ['zero\u200bwidth', '`zero\\u200bwidth`'], ['line\u2028break', '`line\\u2028break`'], ['</details><script>', '`</details><script>`'], [' both ', '`  both  `'],
])('%j in code', (text, shown) => expect(code(text)).toBe(shown));

test.each([
  ['replicas 3..20 → 4..24', 'replicas 3..20 → 4..24'],
  ['@ada look', '`@ada` look'], ['fixes #12 now', 'fixes `#12` now'], ['see GH-12', 'see `GH-12`'], ['go to https://x.example.com/a', 'go to `https://x.example.com/a`'], ['at www.example.com', 'at `www.example.com`'],
  ['**bold** text', '`**bold**` text'], ['_under_ score', '`_under_` score'], ['AUTH_URL stays', 'AUTH_URL stays'], ['[a](b)', '`[a](b)`'], ['<img src=x>', '`<img` `src=x>`'], ['a|b', '`a|b`'], ['~x~', '`~x~`'], ['a&amp;b', '`a&amp;b`'],
  ['# head', '`#` head'], ['> quote', '`>` quote'], ['- item', '`-` item'], ['x\n- item', '`x\\u000a-` item'], ['mail a@b.example.com', 'mail `a@b.example.com`'],
])('%j in a sentence', (text, shown) => expect(sentence(text)).toBe(shown));

test('nothing in a block ends it', () => {
  const hostile = '```\n</details>\n````\n@all\u0007\n';
  const block = fenced('diff', hostile);
  const [first = '', ...lines] = block.split('\n');
  const fence = /^`+/.exec(first)?.[0] ?? '';
  expect(fence.length).toBeGreaterThan(4);
  expect(lines.filter((line) => line.startsWith(fence))).toEqual([fence]);
  expect(lines.at(-1)).toBe(fence);
  expect(block).toContain('@all\\u0007');
});

test('a title cannot end its tag', () => expect(htmlCode('a</code><b x="1">&\n')).toBe('<code>a&lt;/code&gt;&lt;b x=&quot;1&quot;&gt;&amp;\\u000a</code>'));
