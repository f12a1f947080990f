import { spawn } from 'node:child_process';
import { bringUp, CHECKOUT, journey, statusOf } from './journey.ts';

/**
 * Starts everything, runs the browser tests that are named as arguments against it, and stops everything.
 * Ends with the code of the tests; their output goes through.
 */
const up = await bringUp();
try {
  const site = up.services.find((s) => s.name === 'dashboard')?.url ?? '';
  const child = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=tap', '--test-timeout=420000', ...process.argv.slice(2)], {
    cwd: CHECKOUT, stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, JOURNEY_STATUS: JSON.stringify(await statusOf()), JOURNEY_URL: site, JOURNEY_NAME: 'admin@journey.local', JOURNEY_PASSWORD: up.password },
  });
  process.exitCode = await new Promise<number>((resolve, reject) => child.on('error', reject).on('close', (code) => resolve(code ?? 1)));
} finally {
  await journey('down');
}
