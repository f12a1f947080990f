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
    const inside = { ...where, root: checkout.folder };
    try {
      const results: Result[] = [];
      for (const { argv, env } of runsIn(checkout.folder, existsSync(BROWSER))) {
        results.push(countsOf((await output(inside, [...alone(), process.execPath, ...argv], { JOURNEY_CHECKOUT: checkout.folder, CHROMIUM: BROWSER, NODE_OPTIONS: '', ...env })).text));
      }
      const sum = results.reduce((before, one) => ({
        passed: before.passed + one.passed, failed: before.failed + one.failed, skipped: before.skipped + one.skipped, details: [...before.details, ...one.details],
      }));
      const all = existsSync(BROWSER) ? sum : withoutBrowser(sum);
      return where.noSkip ? { ...all, failed: all.failed + all.skipped, skipped: 0 } : all;
    } finally {
      await output(inside, ['./journey', 'down']);
      checkout.remove();
    }
  },
};

/** The command line first: it builds the pages that the browser then opens, with a gateway that fails on demand and with the real one. */
function runsIn(folder: string, browser: boolean): readonly { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> }[] {
  const files = (below: string) => globSync(`${below}/*.e2e.ts`, { cwd: folder }).toSorted();
  const testing = ['--test', '--test-concurrency=1', '--test-reporter=tap'];
  const pages = files('dashboard/test/e2e');
  return [
    { argv: [...testing, ...files('platform/cli/test')], env: {} },
    ...(browser ? [
      { argv: [...testing, ...pages], env: { JOURNEY_FAKE: '1' } },
      { argv: ['platform/cli/test/pages.ts', ...pages.filter((file) => !file.endsWith('.fake.e2e.ts'))], env: {} },
    ] : []),
  ];
}

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

function withoutBrowser(result: Result): Result {
  const why = `skipped: the pages: they need Chromium at ${BROWSER} (Debian: apt-get install chromium fonts-dejavu-core; or run .ci/browser.sh)`;
  return { ...result, skipped: result.skipped + 1, details: [...result.details, why] };
}
