import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { output } from './output.ts';
import { slowest } from './slowest.ts';
import type { Result, Step } from './step.ts';

interface Assertion { readonly status: string; readonly fullName: string; readonly duration?: number | null; readonly failureMessages?: readonly string[] }
/** Times in Unix milliseconds. */
interface Suite { readonly name: string; readonly status: string; readonly message: string; readonly startTime?: number; readonly endTime?: number; readonly assertionResults: readonly Assertion[] }
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly Suite[];
}
const isReport = new Ajv2020({ strict: false }).compile<Report>({
  type: 'object', required: ['numPassedTests', 'numFailedTests', 'numPendingTests', 'testResults'],
});

/** All tests beside their sources, over real HTTP, with coverage of every file. */
export const unit: Step = {
  name: 'unit and HTTP tests',
  about: 'jest over services, platform, policies, dashboard, argocd',
  async run(where) {
    const file = join(where.root, '.journey', 'jest.json');
    // What an earlier run left must not speak for this one.
    await Promise.all([file, join(where.root, 'coverage')].map((left) => rm(left, { recursive: true, force: true })));
    const { text } = await output(where, [process.execPath, '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--coverage', '--maxWorkers=2', '--json', `--outputFile=${file}`], { env: { NODE_OPTIONS: '' }, withinS: 2100 });
    const report: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
    if (!isReport(report)) return { passed: 0, failed: 1, skipped: 0, details: text.split('\n').slice(-40) };
    const counted = countsOf(report, where.root, where.noSkip);
    return { ...counted, details: [...counted.details, ...slowestFiles(report, where.root)] };
  },
};

/** A suite that could not start has no test to count: it counts as one failure. Where skips are forbidden each is one too. */
export function countsOf(report: Report, root: string, noSkip: boolean): Result {
  const all = report.testResults.flatMap((suite) => suite.assertionResults.map((a) => ({ ...a, file: suite.name.replace(`${root}/`, '') })));
  const pending = all.filter((a) => a.status === 'pending' || a.status === 'todo');
  const dead = report.testResults.filter((s) => s.status === 'failed' && !s.assertionResults.some((a) => a.status === 'failed'));
  const failures = [
    ...dead.map((s) => `${s.name.replace(`${root}/`, '')}: ${s.message.slice(0, 600)}`),
    ...all.filter((a) => a.status === 'failed').map((a) => `${a.file}: ${a.fullName}\n${(a.failureMessages ?? []).join('\n').slice(0, 1500)}`),
  ];
  const skips = pending.map((a) => `skipped: ${a.file}: ${a.fullName}`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + dead.length + (noSkip ? pending.length : 0),
    skipped: noSkip ? 0 : pending.length,
    details: [...failures, ...skips],
  };
}

export function slowestFiles({ testResults }: Report, root: string): string[] {
  return slowest(testResults.map(({ name, startTime = 0, endTime = 0, assertionResults }) => ({
    what: name.replace(`${root}/`, ''), seconds: (endTime - startTime) / 1000, parts: assertionResults.map(({ fullName, duration }) => ({ what: fullName, seconds: (duration ?? 0) / 1000 })),
  })));
}
