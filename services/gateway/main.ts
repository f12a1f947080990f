import { run } from '../kit/run.ts';
import { app } from './app.ts';
import { gateway } from './contract.ts';

await run(gateway, app);
