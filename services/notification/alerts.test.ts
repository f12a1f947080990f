import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startNotification, type TestNotification } from './test/start-notification.ts';

let service: TestNotification;
beforeAll(async () => { service = await startNotification(); }, 60_000);
afterAll(() => service?.stop(), 30_000);

const alert = { status: 'firing', labels: { alertname: 'ShopFails', workload: 'shop', severity: 'page', environment: 'test' }, annotations: { summary: 'shop: share of 5xx above 50%' }, startsAt: '2026-01-02T03:04:05.000Z', endsAt: '0001-01-01T00:00:00Z', generatorURL: 'https://elsewhere.example.com/', fingerprint: '0123456789abcdef' };
const group = { version: '4', groupKey: '{}:{workload="shop"}', truncatedAlerts: 0, status: 'firing', receiver: 'notification', groupLabels: { workload: 'shop' }, commonLabels: {}, commonAnnotations: {}, externalURL: '', alerts: [alert] };
const send = async (body: object, key?: string, token = service.kit.workloadKey) => {
  const answer = await fetch(`${service.url}/v1/alerts`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) }, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
};
const about = (subject: string) => service.sink.mails.filter(({ raw }) => raw.includes(subject));

test('one mail per message, however often and however close together it comes', async () => {
  const key = randomUUID();
  const answers = await Promise.all([send(group, key), send(group, key)]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  expect((await send(group, key)).body).toEqual({ mailed: false });
  const mails = about('Subject: FIRING 1: shop: ShopFails');
  expect(mails.map(({ to }) => to)).toEqual([['on-call@example.com']]);
  expect(mails[0]?.raw).toContain('shop: share of 5xx above 50%');
  const text = mails[0]?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  for (const link of ['/alerts?alert=0123456789abcdef\r\n', '/alerts?alert=0123456789abcdef&note=acknowledge\r\n', 'All of them: https://pages.example.com/alerts\r\n']) expect(text).toContain(link);
  expect(text).not.toContain('elsewhere');
  expect((await service.list()).body.notifications).toEqual([expect.objectContaining({ eventId: key, archivedAs: `alerts/${key}.json` })]);
});

test('without a key its group, state and starts are the key', async () => {
  const over = { ...group, status: 'resolved', alerts: [{ ...alert, status: 'resolved', endsAt: '2026-01-02T03:05:05.000Z' }] };
  expect([(await send(over)).body, (await send(over)).body]).toEqual([{ mailed: true }, { mailed: false }]);
  expect(about('Subject: RESOLVED: shop: ShopFails')).toHaveLength(1);
});

test('a mail server that refuses: nothing is recorded, and the next try mails it', async () => {
  const key = randomUUID();
  const test = { ...group, alerts: [{ ...alert, labels: { ...alert.labels, test: 'true' } }] };
  service.sink.refuse('not now');
  expect((await send(test, key)).status).toBe(503);
  service.sink.refuse(undefined);
  expect((await send(test, key)).body).toEqual({ mailed: true });
  expect(about('Subject: [TEST] FIRING 1')).toHaveLength(1);
});

test('labels cannot become headers; what is no webhook 4 and who is no workload are refused', async () => {
  const sly = { ...group, alerts: [{ ...alert, labels: { ...alert.labels, alertname: 'x\r\nBcc: all@example.com' } }] };
  expect((await send(sly, randomUUID())).status).toBe(202);
  expect(service.sink.mails.some(({ raw }) => /^Bcc:/m.test(raw))).toBe(false);
  expect((await send({ ...group, version: '3' })).status).toBe(400);
  expect((await send({ ...group, alerts: [] })).status).toBe(400);
  expect((await send(group, undefined, service.kit.tokenFor('otto@example.com', 'admin'))).status).toBe(401);
});
