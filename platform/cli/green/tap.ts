import type { Took } from './slowest.ts';
import { lines, type Result } from './step.ts';

/** A runner that fails after its tests (something was left open, a hook threw, it was ended) fails, whatever it counted. */
export function endedWith(code: number, counted: Result): Result {
  return code === 0 || counted.failed > 0 ? counted : { ...counted, failed: 1, details: [...counted.details, `its tests passed, and it ended with ${code}`] };
}

/** Reads the closing counts of the test runner's TAP; a run without them is a failure. */
export function countsOf(tap: string): Result {
  const count = (word: string): number => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? Number.NaN);
  const passed = count('pass');
  const failed = count('fail') + count('cancelled');
  const skipped = count('skipped') + count('todo');
  if ([passed, failed, skipped].some(Number.isNaN) || passed + failed === 0) {
    return { passed: 0, failed: 1, skipped: 0, details: ['The end-to-end tests did not finish:', ...lines(tap).slice(-60)] };
  }
  const said = lines(tap).filter((l) => /^# (offline|measured)/.test(l)).map((l) => l.slice(2));
  const skips = lines(tap).flatMap((line) => /^\s*ok \d+ - (.+) # SKIP (.+)$/.exec(line)?.slice(1, 3).join(': ') ?? []).map((why) => `skipped: ${why}`);
  return { passed, failed, skipped, details: [...said, ...skips, ...(failed > 0 ? failuresOf(tap) : [])] };
}

/** Each failed test with what it said; a suite that failed only because of them says nothing new. */
function failuresOf(tap: string): string[] {
  const all = lines(tap);
  return all.flatMap((line, i) => {
    if (!/^\s*not ok /.test(line)) return [];
    const end = all.findIndex((later, at) => at > i && later.trim() === '...');
    const said = all.slice(i, Math.min(end < 0 ? all.length : end, i + 30));
    return said.some((text) => /failureType: '(subtestsFailed|cancelledByParent)'/.test(text)) ? [] : said;
  });
}

/** The tests of a run with their durations; of those that hold others only the others. */
export function testsOf(tap: string): Took[] {
  const all = lines(tap);
  return all.flatMap((line, i) => {
    const what = /^\s*(?:not )?ok \d+ - (.+?)(?: # (?:SKIP|TODO).*)?$/.exec(line)?.[1];
    const [ms, type] = all.slice(i + 2, i + 4);
    return what === undefined || /type: 'suite'/.test(type ?? '') ? [] : [{ what: what.replaceAll('\\#', '#'), seconds: Number(/duration_ms: ([\d.]+)/.exec(ms ?? '')?.[1] ?? 0) / 1000 }];
  });
}
