/** `node services/deployment/test/run-kill-drill.ts <seed> <kills>`: prints each kill, then the sum as JSON; exits with 1 when something was half. */
import { killDrill } from './kill-drill.ts';

const [seed = '1', kills = '30'] = process.argv.slice(2);
const outcome = await killDrill({ seed: Number(seed), kills: Number(kills), told: (line) => process.stderr.write(`${line}\n`) });
process.stdout.write(`${JSON.stringify({ seed: Number(seed), ...outcome })}\n`);
process.exitCode = outcome.broken.length === 0 ? 0 : 1;
