import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { nasty, texts } from '../test/nasty.ts';
import { refusal } from '../test/refusal.ts';
import { readEnvironment } from './environment-file.ts';
import { editKnob } from './knob.ts';

const FILE = readFileSync('environments/local.ts', 'utf8');
const KNOBS = `import { knob } from './model/index.ts';
export const knobs = {
  cookieSecure: knob<'yes' | 'no'>('is the cookie sent over TLS only'),
  logLevel: knob<'debug' | 'info' | 'warn'>('lowest level written'),
  rateLimit: knob<number>('requests per second'),
  greeting: knob<string>('said at the door'),
  batch: knob<1 | 10>('at once'),
};
`;
const WITH_TEXT = FILE.replace(/knobs: \{[^}]*\}/, "knobs: { cookieSecure: 'no', logLevel: 'info', rateLimit: 200, greeting: 'hello', batch: 1 }");
const edit = (knob: string, value: string | number, text = WITH_TEXT, knobs = KNOBS) => editKnob(text, knobs, { kind: 'knob', environment: 'local', knob, value });

test.each([['rateLimit', 100, '200', '100'], ['rateLimit', -1, '200', '-1'], ['rateLimit', 1e21, '200', '1e+21'], ['cookieSecure', 'yes', "'no'", "'yes'"], ['logLevel', 'warn', "'info'", "'warn'"], ['batch', 10, 'batch: 1 ', 'batch: 10 ']])(
  '%s becomes %s, and nothing else changes', (knob, value, from, to) => {
    const at = WITH_TEXT.lastIndexOf(from);
    const edited = edit(knob, value);
    expect(edited).toBe(`${WITH_TEXT.slice(0, at)}${to}${WITH_TEXT.slice(at + from.length)}`);
    expect(readEnvironment('local', edited).knobs.get(knob)?.value).toBe(value);
  });

test('the real files: the knob of each environment', () => {
  const knobs = readFileSync('platform/knobs.ts', 'utf8');
  for (const environment of ['local', 'dev', 'staging', 'production']) {
    const text = readFileSync(`environments/${environment}.ts`, 'utf8');
    const edited = editKnob(text, knobs, { kind: 'knob', environment, knob: 'rateLimit', value: 7 });
    expect(edited).toBe(text.replace(/rateLimit: \d+/, 'rateLimit: 7'));
  }
});

test('a value that is there already changes nothing', () => {
  expect(edit('rateLimit', 200)).toBe(WITH_TEXT);
  expect(edit('greeting', 'hello')).toBe(WITH_TEXT);
});

test('no text becomes code: what is read back is the text, everything around it stays', () => {
  const place = readEnvironment('local', WITH_TEXT).knobs.get('greeting') ?? { start: 0, end: 0 };
  for (const value of [...nasty, ...texts(11, 300)]) {
    const edited = edit('greeting', value);
    expect(edited.startsWith(WITH_TEXT.slice(0, place.start))).toBe(true);
    expect(edited.endsWith(WITH_TEXT.slice(place.end))).toBe(true);
    const read = readEnvironment('local', edited);
    expect(read.knobs.get('greeting')?.value).toBe(value);
    expect([...read.knobs.keys()]).toEqual(['cookieSecure', 'logLevel', 'rateLimit', 'greeting', 'batch']);
  }
});

test.each<[string, string | number, RegExp]>([
  ['rateLimit', '100', /^2 .*rateLimit.*a finite number/], ['rateLimit', Number.NaN, /a finite number/], ['rateLimit', Number.POSITIVE_INFINITY, /a finite number/], ['rateLimit', -0, /a finite number/],
  ['cookieSecure', 'maybe', /"yes" or "no"/], ['cookieSecure', "yes'", /"yes" or "no"/], ['batch', '1', /1 or 10/], ['batch', 2, /1 or 10/], ['greeting', 5, /a text/],
  ['rateLimits', 1, /^2 .*no knob "rateLimits".*Did you mean rateLimit\?/], ['constructor', 'x', /no knob "constructor"/], ['toString', 'x', /no knob/],
])('%s = %s is refused with what is allowed', (knob, value, said) => {
  expect(refusal(() => edit(knob, value))).toMatch(said);
});

test('a knob that only one of the two files knows is none', () => {
  expect(refusal(() => edit('greeting', 'x', FILE))).toMatch(/environments\/local\.ts does not name it/);
  expect(refusal(() => edit('greeting', 'x', WITH_TEXT, KNOBS.replace(/.*greeting.*\n/, '')))).toMatch(/platform\/knobs\.ts does not name it/);
});

test.each([
  ['a spread', (text: string) => text.replace('knobs: {', 'knobs: { ...other,')],
  ['a computed key', (text: string) => text.replace('knobs: {', "knobs: { ['rate' + 'Limit']: 1,")],
  ['a shorthand', (text: string) => text.replace('knobs: {', 'knobs: { other,')],
  ['a method', (text: string) => text.replace('knobs: {', 'knobs: { get other() { return 1; },')],
  ['a key twice', (text: string) => text.replace('knobs: {', 'knobs: { rateLimit: 1,')],
  ['a call as a value', (text: string) => text.replace('rateLimit: 200', 'rateLimit: two()')],
  ['a template with a hole', (text: string) => text.replace('rateLimit: 200', 'rateLimit: `${1}`')],
  ['a value through a name', (text: string) => text.replace(/knobs: \{[^}]*\}/, 'knobs: shared')],
  ['two environments', (text: string) => `${text}\nexport const more = localOf(platform, 'local', { knobs: {}, scale: {} });`],
  ['another name', (text: string) => text.replace("'local'", "'lokal'")],
  ['another platform', (text: string) => text.replace('localOf(platform', 'localOf(platform2')],
  ['no call', () => 'export const local = 1;'],
  ['no TypeScript', (text: string) => text.replace('knobs: {', 'knobs: {{')],
  ['no knobs', (text: string) => text.replace(/knobs: \{[^}]*\},/, '')],
])('%s in the environment file is refused, not guessed', (_, change) => {
  expect(() => edit('rateLimit', 1, change(WITH_TEXT))).toThrow(expect.objectContaining({ name: 'ModelError', where: 'environments/local.ts' }));
});

test.each(['knob<boolean>', 'knob<Level>', 'knob', 'knob<number, string>', 'other<number>', "knob<'a' | Level>", 'knob<`a`>'])('a knob of the type %s is refused', (type) => {
  expect(() => edit('rateLimit', 1, WITH_TEXT, KNOBS.replace('knob<number>', type))).toThrow(expect.objectContaining({ name: 'ModelError', where: 'platform/knobs.ts' }));
});
