/** The real amtool and promtool (apt: prometheus-alertmanager, prometheus) against monitoring. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { describeWith } from '../kit/test/servers/describe-with.ts';
import { until } from '../kit/test/until.ts';
import { startAlerting } from './test/start-alerting.ts';

const tools = ['/usr/bin/amtool', '/usr/bin/promtool'];
describeWith('amtool and promtool', tools.every((path) => existsSync(path)) ? tools[0] : undefined, () => {
  let it: Awaited<ReturnType<typeof startAlerting>>;
  let folder: string;
  beforeAll(async () => {
    it = await startAlerting();
    folder = await mkdtemp(join(tmpdir(), 'journey-test-amtool-'));
    await writeFile(join(folder, 'http.yml'), stringify({ authorization: { type: 'Bearer', credentials: it.token('operator') } }));
    await it.ask('POST', '/v1/alerts/test', { reason: 'for amtool', seconds: 300 });
    await until('it fires', async () => (await it.ask('GET', '/v1/alerts')).body.alerts.some(({ state }: { state: string }) => state === 'firing'), 15_000);
  }, 60_000);
  afterAll(async () => {
    await it?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const run = promisify(execFile);
  const amtool = async (...args: readonly string[]) => (await run('/usr/bin/amtool', [`--alertmanager.url=${it.url}`, `--http.config.file=${join(folder, 'http.yml')}`, ...args])).stdout;

  test('lists alerts, silences one, shows it as suppressed, ends the silence', async () => {
    expect(JSON.parse(await amtool('-o', 'json', 'alert', 'query'))).toEqual([expect.objectContaining({ labels: expect.objectContaining({ alertname: 'TestAlert', test: 'true' }), status: expect.objectContaining({ state: 'active' }), generatorURL: expect.stringMatching(/^https:\/\/pages\.example\.com\/alerts\?alert=[0-9a-f]{16}$/) })]);
    expect(await amtool('alert', 'query', 'workload="nobody"')).not.toContain('TestAlert');
    const id = (await amtool('silence', 'add', 'alertname=TestAlert', 'severity=~"page|ticket"', '--comment=by amtool', '--duration=5m', '--author=somebody else')).trim();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(await amtool('-o', 'json', 'silence', 'query'))).toEqual([expect.objectContaining({ id, comment: 'by amtool', createdBy: 'otto@example.com', status: { state: 'active' } })]);
    expect(await amtool('alert', 'query')).not.toContain('TestAlert');
    expect(await amtool('alert', 'query', '--silenced')).toContain('TestAlert');
    await amtool('silence', 'expire', id);
    expect(JSON.parse(await amtool('-o', 'json', 'silence', 'query'))).toEqual([]);
    expect(JSON.parse(await amtool('-o', 'json', 'silence', 'query', '--expired'))).toHaveLength(1);
    expect(await amtool('alert', 'query')).toContain('TestAlert');
  }, 30_000);

  test('says who it is; groups are the workload\'s; pushing is refused with the reason', async () => {
    expect(await amtool('config', 'show')).toContain('receiver: notification');
    expect((await it.ask('GET', '/api/v2/alerts/groups')).body).toEqual([expect.objectContaining({ labels: { workload: 'monitoring' }, alerts: [expect.anything()] })]);
    await expect(amtool('alert', 'add', 'alertname=x')).rejects.toThrow();
    expect((await it.ask('POST', '/api/v2/alerts', [{ labels: { alertname: 'x' } }])).body).toMatchObject({ code: 'conflict', fix: expect.stringContaining('/v1/alert-rules') });
    await expect(amtool('silence', 'add', 'alertname=~".*"', '--comment=all')).rejects.toThrow();
  }, 30_000);

  test('promtool takes every rule, of the model and of people', async () => {
    for (const [i, what] of ['errorShare', 'p99', 'requestRate', 'absent'].entries()) {
      await it.ask('POST', '/v1/alert-rules', { name: `Rule${i}`, what, workload: 'shop', comparison: 'above', threshold: 0.5, windowSeconds: 60, forSeconds: 10, keepFiringSeconds: 0, severity: 'page' });
    }
    const { spec } = parse((await it.ask('GET', '/v1/alert-rules/prometheus')).body.yaml);
    await writeFile(join(folder, 'rules.yml'), stringify(spec));
    expect((await run('/usr/bin/promtool', ['check', 'rules', join(folder, 'rules.yml')])).stdout).toContain('14 rules found');
  }, 30_000);
});
