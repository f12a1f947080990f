import { expect, test } from '@jest/globals';
import { elsewhere, forged, type Asked } from './cross-site.ts';

const good: Asked = { method: 'POST', requestedWith: 'journey', fetchSite: 'same-origin', origin: 'http://127.0.0.1:3000', hosts: ['127.0.0.1:8080'] };

test('a request of our own page is believed, reading always', () => {
  expect(forged(good)).toBeNull();
  expect(forged({ ...good, fetchSite: 'none' })).toBeNull();
  expect(forged({ ...good, fetchSite: undefined, origin: undefined })).toBeNull();
  expect(forged({ ...good, method: 'GET', requestedWith: undefined, fetchSite: 'cross-site' })).toBeNull();
});

test.each<[string, Partial<Asked>]>([
  ['no header', { requestedWith: undefined }], ['another header', { requestedWith: 'XMLHttpRequest' }],
  ['another site', { fetchSite: 'cross-site' }], ['a sibling site', { fetchSite: 'same-site' }],
  ['another origin', { fetchSite: undefined, origin: 'https://evil.example' }], ['another port', { fetchSite: undefined }],
  ['no origin at all', { fetchSite: undefined, origin: 'null' }],
])('refused: %s', (_, wrong) => {
  expect(forged({ ...good, ...wrong })).not.toBeNull();
});

test('without Fetch Metadata the origin has to be one of our hosts', () => {
  expect(elsewhere({ ...good, fetchSite: undefined, hosts: ['127.0.0.1:8080', '127.0.0.1:3000'] })).toBeNull();
});
