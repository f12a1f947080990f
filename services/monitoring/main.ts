import { run } from '../kit/run.ts';
import { app } from './app.ts';
import { monitoring } from './contract.ts';

await run(monitoring, app);
