import { describe, test } from '@jest/globals';

/**
 * Runs the suite when its server is installed. Otherwise says what is skipped and how to get it; where nothing may be
 * skipped (JOURNEY_NO_SKIP=1, which CI sets) it fails.
 */
export function describeWith(server: string, binary: string | undefined, suite: () => void, how = 'sudo .ci/servers.sh'): void {
  if (binary) return describe(`with ${server}`, suite);
  const reason = `${server} is not installed: ${how} installs it`;
  if (process.env['JOURNEY_NO_SKIP'] === '1') {
    describe(`with ${server}`, () => test('is installed', () => { throw new Error(reason); }));
    return;
  }
  process.stderr.write(`SKIPPED with ${server}: ${reason}\n`);
  describe.skip(`with ${server} (${reason})`, suite);
}
