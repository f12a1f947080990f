import { join } from 'node:path';
import { parseEnv } from '../../../services/kit/env.ts';
import { openKit } from '../../../services/kit/open-kit.ts';
import { start } from '../../../services/kit/start.ts';
import { app } from '../../../services/configuration/app.ts';
import { configuration } from '../../../services/configuration/contract.ts';
import { migrate } from '../../../services/kit/migrate.ts';

/** The real configuration service: `off` without telemetry, else with this share of its requests recorded. Tells its addresses as one line. */
const [share = 'off'] = process.argv.slice(2);
const { env, standard } = parseEnv(configuration);
const { telemetryUrl, ...silent } = standard;
const { kit } = openKit(configuration, {
  env: { ...env, ...(share === 'off' ? {} : { TRACE_SHARE: Number(share) }) },
  standard: share === 'off' || !telemetryUrl ? silent : standard,
});
await migrate(kit.env.DATABASE, join(import.meta.dirname, '../../../services/configuration/migrations'), kit.log);
const started = await start(kit, await app(kit));
process.stdout.write(`${JSON.stringify({ ready: started.url, metrics: started.metricsUrl })}\n`);
process.once('SIGTERM', () => { void started.stop().then(() => process.exit(0)); });
