import { expect, test } from '@jest/globals';
import { parseLogQuery, QueryError } from './log-query.ts';

const id = 'aB'.repeat(16);

test.each<[string, readonly object[]]>([
  ['', []],
  ['  \t\n ', []],
  ['timeout', [{ negated: false, kind: 'text', value: 'timeout' }]],
  ['-timeout', [{ negated: true, kind: 'text', value: 'timeout' }]],
  ['"exact text" word', [{ negated: false, kind: 'text', value: 'exact text' }, { negated: false, kind: 'text', value: 'word' }]],
  [String.raw`"a \"quote\" and a \\ and \d"`, [{ negated: false, kind: 'text', value: String.raw`a "quote" and a \ and \d` }]],
  ['service:auth', [{ negated: false, kind: 'service', value: 'auth' }]],
  ['-service:"my auth"', [{ negated: true, kind: 'service', value: 'my auth' }]],
  ['level>=warn', [{ negated: false, kind: 'level', levels: ['warn', 'error', 'fatal'] }]],
  ['level>WARN', [{ negated: false, kind: 'level', levels: ['error', 'fatal'] }]],
  ['level<=debug', [{ negated: false, kind: 'level', levels: ['trace', 'debug'] }]],
  ['level<trace', [{ negated: false, kind: 'level', levels: [] }]],
  ['level:info', [{ negated: false, kind: 'level', levels: ['info'] }]],
  ['level=info', [{ negated: false, kind: 'level', levels: ['info'] }]],
  [`trace:${id}`, [{ negated: false, kind: 'trace', value: id.toLowerCase() }]],
  [`span:${id.slice(0, 16)}`, [{ negated: false, kind: 'span', value: id.slice(0, 16).toLowerCase() }]],
  ['attr.http.route:/v1/x?a=b', [{ negated: false, kind: 'attribute', key: 'http.route', value: '/v1/x?a=b' }]],
  ['(.*)+$ %_ 50%', [{ negated: false, kind: 'text', value: '(.*)+$' }, { negated: false, kind: 'text', value: '%_' }, { negated: false, kind: 'text', value: '50%' }]],
])('%j', (query, terms) => expect(parseLogQuery(query)).toEqual(terms));

test.each<[string, number, RegExp]>([
  ['x foo:bar', 3, /no field foo/],
  ['http://here', 1, /no field http.*quotes/],
  ['service>auth', 1, /only level/],
  ['level:loud', 7, /"loud" is no level/],
  ['level>=', 8, /missing/],
  ['a -', 4, /missing/],
  ['trace:abc', 7, /32 hex/],
  ['span:xyz', 6, /16 hex/],
  ['attr.:x', 1, /no field/],
  ['word "open', 6, /do not end/],
  ['""', 1, /nothing/],
  ['"a"b', 4, /space/],
  ['x'.repeat(501), 501, /500/],
  [Array.from({ length: 21 }, () => 'w').join(' '), 41, /20 terms/],
])('%j is refused at %i', (query, position, message) => {
  expect(() => parseLogQuery(query)).toThrow(message);
  try {
    parseLogQuery(query);
  } catch (error) {
    expect(error instanceof QueryError && error.position).toBe(position);
  }
});

test('the longest query of the worst kind takes no time', () => {
  const began = performance.now();
  for (const query of ['-'.repeat(500), `${'a.'.repeat(250)}`, `${'"'.repeat(500)}`, '\\'.repeat(500)]) {
    try {
      parseLogQuery(query);
    } catch { /* refused is fine */ }
  }
  expect(performance.now() - began).toBeLessThan(50);
});
