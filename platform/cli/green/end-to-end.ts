import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { makeCheckout } from './checkout.ts';
import { lines, output, type Result, type Step } from './step.ts';

const BROWSER = '/usr/bin/chromium';

/**
 * The real thing, in a checkout of its own: `up`, `send`, every page in a browser, each service stopped in turn, the runner killed.
 * Where the machine allows it, in a network namespace that has only `lo`: what passes there needs no internet.
 */
export const endToEnd: Step = {
  name: 'end to end',
  about: 'up, send, trace, pages in a real browser, faults, down',
  async run(where) {
    const checkout = makeCheckout(where.root);
    try {
      const files = ['platform/cli/test', 'dashboard/test/e2e'].flatMap((f) => globSync(`${f}/*.e2e.ts`, { cwd: checkout.folder })).toSorted();
      const browser = existsSync(BROWSER);
      const chosen = browser ? files : files.filter((f) => !f.startsWith('dashboard/'));
      const argv = [...alone(), process.execPath, '--test', '--test-concurrency=1', '--test-reporter=tap', ...chosen];
      const { text } = await output({ ...where, root: checkout.folder }, argv, { JOURNEY_CHECKOUT: checkout.folder, JOURNEY_BROWSER: BROWSER, NODE_OPTIONS: '' });
      return withSkips(countsOf(text), browser ? [] : files.filter((f) => !chosen.includes(f)), where.noSkip);
    } finally {
      await output({ ...where, root: checkout.folder }, ['./journey', 'down']);
      checkout.remove();
    }
  },
};

/** Words before a command that leave it only loopback; none where this account may not make a network namespace. */
function alone(): readonly string[] {
  const words = ['unshare', '--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  try {
    execFileSync('unshare', [...words.slice(1), 'true'], { stdio: 'ignore' });
    return words;
  } catch {
    return [];
  }
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
  return { passed, failed, skipped, details: failed > 0 ? [...said, ...failuresOf(tap)] : said };
}

function failuresOf(tap: string): string[] {
  const all = lines(tap);
  return all.flatMap((line, i) => (/^\s*not ok /.test(line) ? all.slice(i, i + 45) : [])).slice(0, 250);
}

function withSkips(result: Result, files: readonly string[], noSkip: boolean): Result {
  if (files.length === 0) return result;
  const details = [...result.details, ...files.map((f) => `skipped: ${f}: needs Chromium at ${BROWSER} (Debian: apt-get install chromium fonts-dejavu-core; or run .ci/browser.sh)`)];
  return noSkip ? { ...result, failed: result.failed + files.length, details } : { ...result, skipped: result.skipped + files.length, details };
}
