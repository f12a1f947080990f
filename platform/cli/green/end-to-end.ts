import { existsSync, globSync } from 'node:fs';
import { alone } from './alone.ts';
import { forgetBuilt, keepBuilt, takeBuilt } from './built.ts';
import { makeCheckout } from './checkout.ts';
import { output } from './output.ts';
import { slowest, type Took } from './slowest.ts';
import { lines, type Result, type Step } from './step.ts';
import { countsOf, endedWith, testsOf } from './tap.ts';
import type { Where } from './where.ts';

const BROWSER = '/usr/bin/chromium';

/**
 * The real thing: `up`, `send`, every page in a browser, each service stopped in turn, the runner killed. Two lanes at once, each in
 * a checkout of its own, since most of their time is spent waiting for what is watched. Where the machine allows it, each
 * in a network namespace that has only `lo`: what passes there needs no internet. What is measured runs after them, alone.
 */
export const endToEnd: Step = {
  name: 'end to end',
  about: 'up, send, trace, pages in a real browser, faults, down',
  async run(where) {
    const browser = existsSync(BROWSER);
    const took: Took[] = [];
    forgetBuilt(where.root);
    const [built, first] = [new AbortController(), makeCheckout(where.root, 'end to end')];
    const kept = keepBuilt(where.root, first.folder, built.signal);
    const results = await Promise.all([
      inCheckout(where, first, commandLine(where.root, false), took).finally(() => built.abort()),
      kept.then(() => (browser ? inCheckout(where, makeCheckout(where.root, 'pages'), pages(where.root), took) : [])),
    ]);
    if (browser) results.push(await inCheckout(where, makeCheckout(where.root, 'alone'), commandLine(where.root, true), took));
    const sum = results.flat().reduce((before, one) => ({
      passed: before.passed + one.passed, failed: before.failed + one.failed, skipped: before.skipped + one.skipped, details: [...before.details, ...one.details],
    }));
    const all = browser ? sum : withoutBrowser(sum);
    return { ...all, details: [...all.details, ...slowest(took)], ...(where.noSkip ? { failed: all.failed + all.skipped, skipped: 0 } : {}) };
  },
};

interface Run { readonly argv: readonly string[]; readonly env?: Readonly<Record<string, string>>; readonly tests?: false; /** How many files of tests are in it; one when it is not said. */ readonly many?: number; readonly withinS?: number }

type Checkout = ReturnType<typeof makeCheckout>;

/** One lane: its runs one after the other, then everything of it is stopped and removed. */
async function inCheckout(where: Where, checkout: Checkout, runs: readonly Run[], took: Took[]): Promise<readonly Result[]> {
  takeBuilt(where.root, checkout.folder);
  const inside = { ...where, root: checkout.folder };
  try {
    const results: Result[] = [];
    for (const { argv, env, tests, many, withinS = FILE_S } of runs) {
      where.signal.throwIfAborted();
      const started = performance.now();
      const { code, text } = await output(inside, [...alone(), process.execPath, ...argv], { env: { JOURNEY_CHECKOUT: checkout.folder, CHROMIUM: BROWSER, NODE_OPTIONS: '', ...env }, withinS });
      if (tests !== false) {
        const counted = endedWith(code, countsOf(text));
        results.push(counted);
        const [what, seconds] = [many === undefined ? argv.at(-1) ?? '' : `${many} files of ${argv[0] ?? ''}`, (performance.now() - started) / 1000];
        took.push(...(many === undefined ? [{ what, seconds, parts: testsOf(text) }] : testsOf(text).map((one) => ({ ...one, what: `${argv[0] ?? ''}: ${one.what}` }))));
        where.update?.(`${what}: ${counted.passed} passed, ${counted.failed} failed, ${seconds.toFixed(0)} s`);
      } else if (code !== 0) results.push({ passed: 0, failed: 1, skipped: 0, details: [`${argv.join(' ')} ended with ${code}:`, ...lines(text).slice(-60)] });
    }
    return results;
  } finally {
    // Also, and then above all, when somebody interrupts.
    await output({ ...inside, signal: new AbortController().signal }, ['./journey', 'down']);
    checkout.remove();
  }
}

/** A test or suite that hangs fails by name; a file that hangs after its tests is ended and counts as one failure. */
const testing = ['--test', '--test-concurrency=1', '--test-reporter=tap', '--test-timeout=420000'];
const FILE_S = 900;
const PAGES_S = 1500;
const files = (folder: string, below: string) => globSync(`${below}/*.e2e.ts`, { cwd: folder }).toSorted();

const ALONE = '.alone.e2e.ts';
const commandLine = (folder: string, alone: boolean): readonly Run[] => files(folder, 'platform/cli/test').filter((file) => file.endsWith(ALONE) === alone).map((file) => ({ argv: [...testing, file] }));

/** The pages with a gateway that fails on demand, or with the real one: a file's name says when it needs the first. What can do with both is run with the real one. */
function pages(folder: string): readonly Run[] {
  const all = files(folder, 'dashboard/test/e2e');
  const real = all.filter((file) => !file.endsWith('.fake.e2e.ts'));
  return [
    { argv: ['dashboard/build.ts'], tests: false },
    ...all.filter((file) => file.endsWith('.fake.e2e.ts')).map((file) => ({ argv: [...testing, file], env: { JOURNEY_FAKE: '1', JOURNEY_PICTURES: 'none' } })),
    { argv: ['platform/cli/test/pages.ts', ...real], many: real.length, withinS: PAGES_S },
  ];
}

function withoutBrowser(result: Result): Result {
  const why = `skipped: the pages: they need Chromium at ${BROWSER} (Debian: apt-get install chromium fonts-dejavu-core; or run .ci/browser.sh)`;
  return { ...result, skipped: result.skipped + 1, details: [...result.details, why] };
}
