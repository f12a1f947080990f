import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { exit, type Io } from '../command.ts';
import type { Hop, Journey } from './answer.ts';
import { declarationsIn } from './declared.ts';
import { printJourney } from './print.ts';

const same = (text: string) => text;
const heard = (json: boolean) => {
  const lines: string[] = [];
  const values: unknown[] = [];
  const io: Io = {
    root: '/', json, verbose: false, signal: new AbortController().signal, style: { bold: same, dim: same, good: same, bad: same, warn: same },
    print: (line) => void lines.push(line), emit: (value) => void values.push(value), tell: () => {},
    progress: () => ({ update: () => {}, done: () => {}, fail: () => {} }),
  };
  return { io, lines, values };
};
const hop = (spanId: string, parentId: string | null, attributes: Record<string, unknown> = {}, more: Partial<Hop> = {}): Hop =>
  ({ spanId, parentId, service: 'gateway', name: `hop ${spanId}`, kind: 'internal', startedAt: Number(spanId), durationMs: 1.25, status: 'ok', attributes, ...more });
const journey: Journey = {
  traceId: 'a'.repeat(32), connected: true, omitted: { spans: 0, logs: 0 },
  hops: [hop('1', null), hop('2', '1', { 'journey.reference': 'gateway.AUTH_URL', 'http.response.status_code': 200 }), hop('3', '2'), hop('4', '1', {}, { status: 'error', name: 'bad\u001b[31m' })],
};
const root = mkdtempSync(join(tmpdir(), 'declared-'));
mkdirSync(join(root, 'synth', 'dev'), { recursive: true });
writeFileSync(join(root, 'synth', 'dev', 'journey.json'), JSON.stringify({
  version: 1, environment: 'dev', secrets: [], knobs: [], delivery: { approvals: { release: 0, model: 1 } },
  nodes: [{ name: 'gateway', kind: 'workload', declaredAt: 'platform/workloads/gateway.ts:11', files: ['kubernetes/gateway/deployment.yaml'] }],
  edges: [{
    reference: 'gateway.AUTH_URL', from: 'gateway', to: 'auth', kind: 'service', declaredAt: 'platform/workloads/gateway.ts:13', objects: [],
    manifests: ['kubernetes/gateway/network-policy.yaml'], policies: [{ file: 'kubernetes/gateway/network-policy.yaml', object: 'NetworkPolicy/gateway-to-auth' }],
  }],
}));
afterAll(() => rmSync(root, { recursive: true }));

test('a journey is a tree of hops; a reference shows its line and its manifest', async () => {
  const { io, lines } = heard(false);
  printJourney(io, journey, await declarationsIn(root, 'dev'));
  expect(lines).toEqual([
    'hop 1  gateway · 1.3 ms',
    '├─ hop 2  gateway · 1.3 ms',
    '│    HTTP 200',
    '│    gateway.AUTH_URL ← platform/workloads/gateway.ts:13 → synth/dev/kubernetes/gateway/network-policy.yaml',
    '│  └─ hop 3  gateway · 1.3 ms',
    '└─ bad·[31m  gateway · 1.3 ms',
    '     failed',
    `4 hops in 1 service, one connected trace, ${'a'.repeat(32)}`,
  ]);
});

test('of one that was cut it is said what is missing, and not that it is whole or broken', async () => {
  const { io, lines } = heard(false);
  printJourney(io, { ...journey, connected: null, omitted: { spans: 2000, logs: 1 } }, await declarationsIn(root, 'dev'));
  expect(lines.slice(-2)).toEqual([`4 hops in 1 service, too large to say whether it is one trace, ${'a'.repeat(32)}`, 'Not shown: 2000 more hops and 1 more log line, at least.']);
});

test('as JSON: one hop a line, then the sum', async () => {
  const { io, values } = heard(true);
  printJourney(io, journey, await declarationsIn(root, 'dev'));
  expect(values).toHaveLength(5);
  expect(values[1]).toMatchObject({ spanId: '2', depth: 1, line: 'platform/workloads/gateway.ts:13' });
  expect(values[0]).toMatchObject({ line: 'platform/workloads/gateway.ts:11', manifests: ['synth/dev/kubernetes/gateway/deployment.yaml'] });
  expect(values[4]).toEqual({ traceId: 'a'.repeat(32), connected: true, hops: 4, omitted: { spans: 0, logs: 0 } });
});

test('an environment that was never rendered is a wrong word, a graph that cannot be read a wrong model', async () => {
  await expect(declarationsIn(root, 'devv')).rejects.toMatchObject({ code: exit.usage, fix: expect.stringContaining('dev') });
  writeFileSync(join(root, 'synth', 'dev', 'journey.json'), '{"nodes": 1}');
  await expect(declarationsIn(root, 'dev')).rejects.toMatchObject({ code: exit.model });
});
