import { run } from '../kit/run.ts';
import { app } from './app.ts';
import { deployment } from './contract.ts';

await run(deployment, app);
