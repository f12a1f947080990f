import { run } from '../kit/run.ts';
import { app } from './app.ts';
import { notification } from './contract.ts';

await run(notification, app);
