import { run } from '../kit/run.ts';
import { app } from './app.ts';
import { configuration } from './contract.ts';

await run(configuration, app);
