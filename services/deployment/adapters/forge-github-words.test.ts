import { expect, test } from '@jest/globals';
import { connectionTo } from '../../kit/test/connection.ts';
import { repositoryOf } from './forge-github-url.ts';
import { aboutOf, withAbout } from './forge-github-words.ts';
import { openTurns } from './forge-turns.ts';

test.each([
  ['https://abc@github.com/o/r', 'https://api.github.com', 'https://github.com/o/r.git', 'abc'],
  ['https://x-access-token:a%2Fb@github.com/o/r.git/', 'https://api.github.com', 'https://github.com/o/r.git', 'a/b'],
  ['https://abc@acme.ghe.com/o/r.x', 'https://api.acme.ghe.com', 'https://acme.ghe.com/o/r.x.git', 'abc'],
  ['https://abc@git.acme.example:8443/o/r', 'https://git.acme.example:8443/api/v3', 'https://git.acme.example:8443/o/r.git', 'abc'],
])('%s', (url, api, git, token) => {
  const repository = repositoryOf(connectionTo('repository', url));
  expect(repository).toMatchObject({ api, git, over: 'https', owner: 'o' });
  expect([repository.token.reveal(), JSON.stringify(repository).includes(token)]).toEqual([token, false]);
});

test('words about a text come back as they went in, whatever stands in them', () => {
  const about = { key: 'k', author: '--> <script> -- ü "\n', base: 'a'.repeat(40), head: 'b'.repeat(40) };
  const body = withAbout('request-journey', about, 'text\n<!-- request-journey {} -->\n');
  expect(body.split('\n')[0]).not.toMatch(/--.*--.*-->|<script/);
  expect(aboutOf(body)).toEqual({ marker: 'request-journey', about, text: 'text\n<!-- request-journey {} -->\n' });
  expect(aboutOf(body.replaceAll('\n', '\r\n'))?.about).toEqual(about);
});

test.each([null, undefined, '', 'text', ' <!-- x -->\n', '<!-- X -->\n', '<!-- x -->', '<!-- x {"more":1} -->\n', '<!-- x {"by":1} -->\n', '<!-- x {] -->\n', 'a\n<!-- x -->\n'])('%j are no words of ours', (body) => {
  expect(aboutOf(body)).toBeNull();
});

test('turns of one name come one after the other, also after one that failed', async () => {
  const [inTurn, order] = [openTurns(), [] as string[]];
  const first = inTurn('a', async () => {
    await Promise.resolve();
    order.push('first');
    throw new Error('no');
  });
  const second = inTurn('a', () => Promise.resolve(order.push('second')));
  await inTurn('b', () => Promise.resolve(order.push('other')));
  await expect(first).rejects.toThrow('no');
  await second;
  expect(order.indexOf('first')).toBeLessThan(order.indexOf('second'));
});
