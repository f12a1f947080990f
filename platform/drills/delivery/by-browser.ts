import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inTime, type DrillRun } from '../drill.ts';
import type { Person } from '../person.ts';
import type { Site } from '../site.ts';
import { sameEverywhere, sha256 } from './diffs.ts';
import { underLoad } from './under-load.ts';

const BROWSER = '/usr/bin/chromium';
const MOST = { healthy: 15, back: 20 } as const;

/** The same in a real browser: the end-to-end test of the pages does it, and says how long each took and what diff it saw. */
export async function byBrowser(at: DrillRun, caller: Person, run: number): Promise<void> {
  const { site, check, figure } = at;
  const what = `in a browser, run ${run}`;
  if (!existsSync(BROWSER)) return check(`${what}: there is a browser`, false, `no ${BROWSER}: .ci/browser.sh installs it`);
  const ran = await underLoad(at, caller, what, () => pages(site));
  const said = saidIn(ran);
  check(`${what}: pull request, diff, refused to its author, approved by a second person, merged, rolled back with a reason, not promoted again`, said.passed, said.passed ? '' : ran.slice(-3000));
  if (said.healthy === undefined || said.back === undefined || said.pull === undefined) return check(`${what}: it went to its end`, false);
  figure('in a browser: seconds from merge to healthy', said.healthy);
  figure('in a browser: seconds from rollback to old value', said.back);
  inTime(at, `${what}: merge to healthy within ${MOST.healthy} s`, said.healthy, MOST.healthy);
  inTime(at, `${what}: rollback to the old value answering within ${MOST.back} s`, said.back, MOST.back);
  const text = await sameEverywhere(at, what, said.pull.number);
  check(`${what}: and the page shows these bytes`, said.pull.sha256 === sha256(text), `sha256 ${said.pull.sha256.slice(0, 12)}`);
}

async function pages({ folder, status, admin, adminPassword }: Site): Promise<string> {
  const url = (await status()).processes.find(({ name }) => name === 'dashboard')?.urls['http'] ?? '';
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--test', '--test-reporter=tap', 'dashboard/test/e2e/gitops.e2e.ts'], {
      cwd: folder, stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], CHROMIUM: BROWSER, JOURNEY_URL: url, JOURNEY_NAME: admin.name, JOURNEY_PASSWORD: adminPassword },
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.once('error', reject);
    child.once('close', () => resolve(out));
  });
}

export interface Said {
  readonly passed: boolean;
  /** Seconds. */
  readonly healthy?: number;
  readonly back?: number;
  readonly pull?: { readonly number: string; readonly sha256: string };
}

/** The closing counts and the diagnostics in the test runner's TAP. */
export function saidIn(tap: string): Said {
  const seconds = (name: string) => {
    const ms = new RegExp(`^\\s*# ${name}: (\\d+) ms$`, 'm').exec(tap)?.[1];
    return ms === undefined ? undefined : Number(ms) / 1000;
  };
  const [healthy, back] = [seconds('merge to healthy'), seconds('rollback to the old value answering')];
  const [, number, hash] = /^\s*# diff of pull request (\d+): sha256 ([0-9a-f]{64})$/m.exec(tap) ?? [];
  return {
    passed: /^# pass 1$/m.test(tap) && /^# fail 0$/m.test(tap) && /^# cancelled 0$/m.test(tap) && /^# skipped 0$/m.test(tap),
    ...(healthy === undefined ? {} : { healthy }), ...(back === undefined ? {} : { back }), ...(number === undefined || hash === undefined ? {} : { pull: { number, sha256: hash } }),
  };
}
